-- Finds messages that `zap_enqueue` has added and no worker has checked.

CREATE INDEX zap_message_unchecked ON zap_message (campaign) WHERE recipient_key = '';
