-- Adds a message to a stream in the caller's own transaction: it is sent if and only if that commits.
--
-- It locks nothing that a worker needs. A worker checks what only it can: whether the number is possible in its
-- country, and whether the time zone exists. Until then, `recipient_key` is empty, and the message does not begin.

CREATE OR REPLACE FUNCTION zap_enqueue(
    account text, stream text, once_key text, number text, params jsonb DEFAULT '{}', zone text DEFAULT 'UTC',
    not_before timestamptz DEFAULT NULL, expires_at timestamptz DEFAULT NULL, OUT message bigint, OUT is_new boolean)
LANGUAGE plpgsql SECURITY INVOKER SET search_path FROM CURRENT AS $$
DECLARE
    of_stream record;
    texts jsonb;
    missing text;
    due timestamptz := greatest(clock_timestamp(), zap_enqueue.not_before);
    existing record;
BEGIN
    SELECT c.id, c.state, c.kind, c.content, c.not_after INTO of_stream FROM zap_campaign c
        JOIN zap_account a ON a.id = c.account
        WHERE a.name = zap_enqueue.account AND c.name = zap_enqueue.stream;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no stream `%` of the account `%` in this ledger', stream, account
            USING ERRCODE = 'ZAP02';
    ELSIF of_stream.kind <> 'stream' THEN
        RAISE EXCEPTION '`%` is a campaign and not a stream: import its list', stream USING ERRCODE = 'ZAP03';
    ELSIF of_stream.state NOT IN ('running', 'paused') THEN
        RAISE EXCEPTION 'the stream `%` is %', stream, of_stream.state USING ERRCODE = 'ZAP03';
    ELSIF once_key IS NULL THEN
        RAISE EXCEPTION 'the key is null: give one that is the same when you try again' USING ERRCODE = 'ZAP03';
    ELSIF number IS NULL OR number !~ '^\+[1-9][0-9]{6,14}$' THEN
        RAISE EXCEPTION 'the phone number is not international: write + and all digits, such as +5511987654321'
            USING ERRCODE = 'ZAP03';
    ELSIF params IS NULL OR jsonb_typeof(params) <> 'object' OR EXISTS
        (SELECT 1 FROM jsonb_each(params) AS p WHERE jsonb_typeof(p.value) IN ('object', 'array', 'null')) THEN
        RAISE EXCEPTION 'the parameters must be a JSON object of texts' USING ERRCODE = 'ZAP03';
    -- Postgres takes any letters with a digit for a zone of its own, such as `America/Sao_Paolo+3`.
    ELSIF zone IS NULL
        OR zone !~* '^(UTC|[a-z_]+/[a-z_/-]+|Etc/GMT(0|\+([0-9]|1[0-2])|-([0-9]|1[0-4])))$' THEN
        RAISE EXCEPTION 'the time zone must be UTC or a name such as America/Sao_Paulo' USING ERRCODE = 'ZAP03';
    ELSIF not_before NOT BETWEEN 'epoch' AND '9999-12-30Z' OR expires_at NOT BETWEEN 'epoch' AND '9999-12-30Z' THEN
        RAISE EXCEPTION 'a time must be between 1970 and 9999' USING ERRCODE = 'ZAP03';
    END IF;
    -- An error if Postgres does not know the zone.
    PERFORM due AT TIME ZONE zone;
    SELECT coalesce(jsonb_object_agg(p.key, p.value), '{}') INTO texts FROM jsonb_each_text(params) AS p;
    SELECT v #>> '{}' INTO missing FROM jsonb_path_query(of_stream.content::jsonb, 'strict $.**.value') AS v
        WHERE NOT EXISTS (SELECT 1 FROM jsonb_object_keys(texts) AS k WHERE lower(k) = lower(v #>> '{}')) LIMIT 1;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'there is no value for {%}', missing USING ERRCODE = 'ZAP03';
    END IF;

    INSERT INTO zap_message AS m (campaign, once_key, number, recipient_key, params, zone, not_before, expires_at,
        state, attempt, token, returns)
        SELECT of_stream.id, zap_enqueue.once_key, zap_enqueue.number, '', texts, zap_enqueue.zone,
            coalesce(zap_enqueue.not_before, 'epoch'),
            least(coalesce(zap_enqueue.expires_at, due + interval '24 hours'), of_stream.not_after), 'ready', 0, 0, 0
        WHERE NOT EXISTS
            (SELECT 1 FROM zap_message e WHERE e.campaign = of_stream.id AND e.once_key = zap_enqueue.once_key)
        ON CONFLICT DO NOTHING RETURNING m.id INTO message;
    is_new := message IS NOT NULL;
    IF NOT is_new THEN
        SELECT m.id, m.number, m.params INTO existing FROM zap_message m
            WHERE m.campaign = of_stream.id AND m.once_key = zap_enqueue.once_key;
        IF existing.number <> number OR existing.params <> texts THEN
            RAISE EXCEPTION 'there is already another message with the key `%`: use one key for one message', once_key
                USING ERRCODE = 'ZAP01';
        END IF;
        message := existing.id;
    END IF;
END
$$;
