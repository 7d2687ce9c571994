-- Somebody knows how much was spent of budgets: the higher of both counts. Answers by how much each was raised, in their order. A
-- floor of another window than the one around the server's time changes nothing.
CREATE FUNCTION quota_raise(p_keys text[], p_starts bigint[], p_ends bigint[], p_floors bigint[]) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
  now record;
  u quota_usage;
  usages quota_usage[] := '{}';
  raised bigint[] := '{}';
  more bigint;
BEGIN
  PERFORM quota_lock(p_keys, array_fill(2, ARRAY[cardinality(p_keys)]));
  SELECT * INTO now FROM quota_clock();
  FOR i IN 1..cardinality(p_keys) LOOP
    SELECT * INTO u FROM quota_usage WHERE key = p_keys[i];
    u.seen_at := greatest(now.millis, u.seen_at);
    IF u.seen_at >= u.ends AND p_starts[i] <= u.seen_at AND u.seen_at < p_ends[i] THEN
      u.starts := p_starts[i];
      u.ends := p_ends[i];
      u.spent := 0;
      u.reserved := 0;
    END IF;
    more := 0;
    IF u.starts = p_starts[i] AND u.seen_at < u.ends AND p_floors[i] > u.spent THEN
      more := least(p_floors[i], 2305843009213693951) - u.spent;
      u.spent := u.spent + more;
    END IF;
    u.touched := greatest(u.touched, now.nanos);
    raised := raised || more;
    usages := usages || u;
  END LOOP;
  PERFORM quota_write(usages);
  RETURN raised;
END $$;
