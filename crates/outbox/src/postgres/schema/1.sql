-- Enums are words; see the types of the same names. `COLLATE "C"` compares bytes, as the other databases do.

CREATE TABLE zap_meta (
    is_single      boolean PRIMARY KEY DEFAULT true CHECK (is_single),
    application_id bigint  NOT NULL,
    version        bigint  NOT NULL,
    system_id      text    NOT NULL,            -- of the server that holds the ledger
    timeline       bigint  NOT NULL             -- grows when a standby takes over or a backup is restored
);

CREATE TABLE zap_account (
    id             bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text    COLLATE "C" NOT NULL UNIQUE,
    "interval"     bigint  NOT NULL,            -- microseconds between two messages
    burst          bigint  NOT NULL,
    next_slot      timestamptz NOT NULL,
    hold_until     timestamptz NOT NULL,
    paused         text,                        -- the reason
    paused_why     text,
    is_trial       boolean NOT NULL,
    unknowns       bigint  NOT NULL,
    failures       bigint  NOT NULL,
    trials         bigint  NOT NULL DEFAULT 0
);

CREATE TABLE zap_campaign (
    id             bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account        bigint  NOT NULL REFERENCES zap_account,
    name           text    COLLATE "C" NOT NULL,
    kind           text    NOT NULL,
    priority       integer NOT NULL,
    content        json    NOT NULL,
    hours          text    NOT NULL,
    not_after      timestamptz NOT NULL,
    state          text    NOT NULL,
    paused         text,
    paused_why     text,
    is_whole       boolean NOT NULL,
    active_at      timestamptz NOT NULL,
    UNIQUE (account, name)
);

CREATE TABLE zap_message (
    id             bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign       bigint  NOT NULL REFERENCES zap_campaign,
    once_key       text    COLLATE "C" NOT NULL,    -- bulk: recipient_key; stream: the caller's own key
    number         text    NOT NULL,                -- E.164
    recipient_key  text    COLLATE "C" NOT NULL,    -- the same for all spellings of a number
    params         jsonb   NOT NULL,
    zone           text    COLLATE "C" NOT NULL,
    line           bigint,
    not_before     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    state          text    NOT NULL,
    attempt        bigint  NOT NULL,
    token          bigint  NOT NULL,
    returns        bigint  NOT NULL,
    decide_at      timestamptz,
    settled_at     timestamptz,
    evidence       text,
    provider_id    text,
    error          text,
    UNIQUE (campaign, once_key)
);

CREATE INDEX zap_message_ready ON zap_message (campaign, zone, not_before, id) WHERE state = 'ready';
CREATE INDEX zap_message_overdue ON zap_message (decide_at) WHERE state = 'sending';
CREATE INDEX zap_message_recipient ON zap_message (recipient_key) WHERE state = 'sending';
-- Finds what was attempted at about the same time as a message, so that a look at its conversation can be judged.
CREATE INDEX zap_message_attempt ON zap_message (decide_at) WHERE decide_at IS NOT NULL;
CREATE INDEX zap_message_unknown ON zap_message (campaign, id) WHERE state = 'unknown';

-- Each message leaves dead entries at the front of the index of ready messages. The default waits until a fifth of the
-- table has changed.
ALTER TABLE zap_message SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CREATE TABLE zap_opt_out (
    account        bigint  NOT NULL REFERENCES zap_account,
    recipient_key  text    COLLATE "C" NOT NULL,
    since          timestamptz NOT NULL,
    source         text    NOT NULL,
    PRIMARY KEY (account, recipient_key)
);

CREATE TABLE zap_event (
    id             bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    account        bigint,
    campaign       bigint,
    message        bigint,
    attempt        bigint,
    was            text    NOT NULL,
    now            text    NOT NULL,
    evidence       text,
    "by"           text    NOT NULL,
    note           text
);

CREATE INDEX zap_event_account ON zap_event (account) WHERE account IS NOT NULL;
CREATE INDEX zap_event_campaign ON zap_event (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX zap_event_message ON zap_event (message) WHERE message IS NOT NULL;
