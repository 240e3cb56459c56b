-- Times are microseconds since 1970 (UTC). Enums are words; see the types of the same names.

CREATE TABLE zap_account (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL UNIQUE,
    interval    INTEGER NOT NULL,           -- microseconds between two messages
    burst       INTEGER NOT NULL,
    next_slot   INTEGER NOT NULL,
    hold_until  INTEGER NOT NULL,
    paused      TEXT,                       -- the reason
    paused_why  TEXT,
    is_trial    INTEGER NOT NULL,
    unknowns    INTEGER NOT NULL,
    failures    INTEGER NOT NULL
) STRICT;

CREATE TABLE zap_campaign (
    id          INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL REFERENCES zap_account,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    content     TEXT    NOT NULL,           -- JSON
    hours       TEXT    NOT NULL,
    not_after   INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    paused      TEXT,
    paused_why  TEXT,
    is_whole    INTEGER NOT NULL,
    active_at   INTEGER NOT NULL,
    UNIQUE (account, name)
) STRICT;

CREATE TABLE zap_message (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign      INTEGER NOT NULL REFERENCES zap_campaign,
    once_key      TEXT    NOT NULL,         -- bulk: recipient_key; stream: the caller's own key
    number        TEXT    NOT NULL,         -- E.164
    recipient_key TEXT    NOT NULL,         -- the same for all spellings of a number
    params        TEXT    NOT NULL,         -- JSON
    zone          TEXT    NOT NULL,
    line          INTEGER,
    not_before    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    attempt       INTEGER NOT NULL,
    token         INTEGER NOT NULL,
    returns       INTEGER NOT NULL,
    decide_at     INTEGER,
    settled_at    INTEGER,
    evidence      TEXT,
    provider_id   TEXT,
    error         TEXT,
    UNIQUE (campaign, once_key)
) STRICT;

CREATE INDEX zap_message_ready ON zap_message (campaign, zone, not_before, id) WHERE state = 'ready';
CREATE INDEX zap_message_overdue ON zap_message (decide_at) WHERE state = 'sending';
CREATE INDEX zap_message_recipient ON zap_message (recipient_key) WHERE state = 'sending';
CREATE INDEX zap_message_unknown ON zap_message (campaign, id) WHERE state = 'unknown';

CREATE TABLE zap_opt_out (
    account       INTEGER NOT NULL REFERENCES zap_account,
    recipient_key TEXT    NOT NULL,
    since         INTEGER NOT NULL,
    source        TEXT    NOT NULL,
    PRIMARY KEY (account, recipient_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE zap_event (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    account  INTEGER,
    campaign INTEGER,
    message  INTEGER,
    attempt  INTEGER,
    was      TEXT    NOT NULL,
    now      TEXT    NOT NULL,
    evidence TEXT,
    "by"     TEXT    NOT NULL,
    note     TEXT
) STRICT;

CREATE INDEX zap_event_account ON zap_event (account) WHERE account IS NOT NULL;
CREATE INDEX zap_event_campaign ON zap_event (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX zap_event_message ON zap_event (message) WHERE message IS NOT NULL;
