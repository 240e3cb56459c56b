-- Only numbers that can be read, also if another program writes them.

ALTER TABLE zap_message ADD CONSTRAINT zap_message_number CHECK (number ~ '^\+[1-9][0-9]{4,14}$') NOT VALID;
