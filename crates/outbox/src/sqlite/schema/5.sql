-- As before, but without `IN`: SQLite writes a list of more than two values into a temporary table, and did so twice for
-- each change of a message, to tell whether its row is in the index.

DROP INDEX zap_message_unanswered;
CREATE INDEX zap_message_unanswered ON zap_message (recipient_key)
    WHERE evidence = 'no_answer' OR evidence = 'overdue' OR evidence = 'late_answer' OR evidence = 'look';
