-- How often an account that is paused because of unknown outcomes was tried again automatically.

ALTER TABLE zap_account ADD COLUMN trials INTEGER NOT NULL DEFAULT 0;

-- Finds what was attempted at about the same time as a message, so that a look at its conversation can be judged.

CREATE INDEX zap_message_attempt ON zap_message (decide_at) WHERE decide_at IS NOT NULL;
