-- How many messages of a campaign are in which state, by evidence and zone, so that nobody has to count a million rows.
-- Each transaction that changes messages changes the counts too. There are rows with 0 messages.

CREATE TABLE zap_count (
    campaign INTEGER NOT NULL REFERENCES zap_campaign,
    state    TEXT    NOT NULL,
    evidence TEXT    NOT NULL,              -- empty: none
    zone     TEXT    NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (campaign, state, evidence, zone)
) STRICT, WITHOUT ROWID;

INSERT INTO zap_count (campaign, state, evidence, zone, messages)
    SELECT campaign, state, ifnull(evidence, ''), zone, count(*) FROM zap_message GROUP BY 1, 2, 3, 4;
