-- Finds the messages to a recipient whose requests may have been on their way after their attempts. A look right after
-- another message to the recipient would take them for that one.

CREATE INDEX zap_message_unanswered ON zap_message (recipient_key)
    WHERE evidence IN ('no_answer', 'overdue', 'late_answer', 'look');
