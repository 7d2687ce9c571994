-- Limits: usage, reservations, leases. The arithmetic is that of dev.tierway.domain.quota, function by function, and is tested against it.
--
-- Whoever locks, locks in this order, so that nobody waits in a circle: an attempt or a call, then rows of usage by key. Rows
-- that are missing are made before the first one is locked. Time is read after the last lock, so it never runs backwards along
-- a row's history unless the server's clock does; then the latest time seen counts.

-- What is used of one limit. Each kind uses some of the columns.
CREATE TABLE quota_usage (
  key text COLLATE "C" PRIMARY KEY,
  kind integer NOT NULL,                      -- 1 rate, 2 calendar window, 3 concurrency, 4 learned from the vendor
  seen_at bigint NOT NULL DEFAULT -9223372036854775808,  -- latest time seen: nanoseconds; of a calendar window, milliseconds
  level bigint NOT NULL DEFAULT 0,            -- rate: not leaked yet
  carry bigint NOT NULL DEFAULT 0,
  outflow numeric NOT NULL DEFAULT 0,
  starts bigint NOT NULL DEFAULT -9223372036854775808,   -- calendar window, epoch milliseconds
  ends bigint NOT NULL DEFAULT -9223372036854775808,
  spent bigint NOT NULL DEFAULT 0,
  reserved bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0,             -- concurrency
  whole bigint NOT NULL DEFAULT 0,            -- learned
  remaining bigint NOT NULL DEFAULT 0,
  resets bigint NOT NULL DEFAULT -9223372036854775808,
  taken bigint NOT NULL DEFAULT 0,
  told bigint NOT NULL DEFAULT 0,
  limit_amount bigint NOT NULL DEFAULT 1,     -- as last asked for: when the row is at rest
  window_nanos bigint NOT NULL DEFAULT 1,
  touched bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- What an attempt took of one limit.
CREATE TYPE quota_hold AS (
  key text,
  kind integer,
  dimension integer,                          -- 0 requests, 1 tokens, 2 input, 3 output, 4 concurrency, 5 money, 6 money as expected
  caller boolean,
  limit_amount bigint,
  window_nanos bigint,
  amount bigint,
  mark numeric
);

-- Open attempts, and for a while those that ended, so that what is delivered again changes nothing.
CREATE TABLE quota_reservation (
  call text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  instance bigint NOT NULL,
  until bigint NOT NULL,                      -- open: when it expires; expired and not told of: when to tell again; ended: when to forget it
  ended boolean NOT NULL DEFAULT false,
  untold boolean NOT NULL DEFAULT false,
  slots boolean NOT NULL,                     -- whether it holds concurrency
  holds quota_hold[] NOT NULL,
  estimate bigint[] NOT NULL,
  memo text NOT NULL,
  PRIMARY KEY (call, n)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX quota_reservation_until ON quota_reservation (until);
CREATE INDEX quota_reservation_slots ON quota_reservation (instance) WHERE slots;

-- The caller's concurrency: kept until its call is over.
CREATE TABLE quota_call (
  call text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  instance bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (call, key, n)
);

-- Gateways on this database. One that fell silent gets a new number when it speaks again: what it held is gone.
CREATE TABLE gateway_instance (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  until bigint NOT NULL
);

-- The server's time: the only clock that decides.
CREATE FUNCTION quota_clock(OUT nanos bigint, OUT millis bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  micros bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
  nanos := micros * 1000;
  millis := micros / 1000;
END $$;

-- A sum of 0 or more that stops growing where Usage.MOST is.
CREATE FUNCTION quota_sum(amount bigint, more bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN more > 2305843009213693951 - amount THEN 2305843009213693951 ELSE amount + more END
$$;

-- Usage.at: leaked, begun anew, or unknown again. Bounds are three windows (from, to) from a given place on; if none of them is
-- around the time, the client is asked for others.
CREATE FUNCTION quota_at(
  INOUT u quota_usage, p_limit bigint, p_window bigint, p_nanos bigint, p_millis bigint, p_bounds bigint[], p_from integer)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now bigint;
  flow numeric;
  leaked numeric;
BEGIN
  IF u.kind = 1 THEN
    now := greatest(p_nanos, u.seen_at);
    IF u.level = 0 THEN
      IF now > u.seen_at THEN
        u.carry := 0;
      END IF;
    ELSIF now > u.seen_at THEN
      flow := p_limit::numeric * (now::numeric - u.seen_at) + u.carry;
      leaked := div(flow, p_window);
      IF leaked >= u.level THEN
        u.outflow := u.outflow + u.level;
        u.level := 0;
        u.carry := 0;
      ELSE
        u.outflow := u.outflow + leaked;
        u.level := u.level - leaked;
        u.carry := flow - leaked * p_window;
      END IF;
    END IF;
    u.seen_at := now;
  ELSIF u.kind = 2 THEN
    u.seen_at := greatest(p_millis, u.seen_at);
    IF u.seen_at >= u.ends THEN
      FOR i IN 0..2 LOOP
        IF p_bounds[p_from + 2 * i] <= u.seen_at AND u.seen_at < p_bounds[p_from + 2 * i + 1] THEN
          u.starts := p_bounds[p_from + 2 * i];
          u.ends := p_bounds[p_from + 2 * i + 1];
          u.spent := 0;
          u.reserved := 0;
          RETURN;
        END IF;
      END LOOP;
      RAISE EXCEPTION 'windows around %', u.seen_at USING ERRCODE = 'TW002', DETAIL = u.seen_at::text;
    END IF;
  ELSIF u.kind = 4 THEN
    u.seen_at := greatest(p_nanos, u.seen_at);
    IF u.resets <> -9223372036854775808 AND u.seen_at >= u.resets THEN
      u.whole := 0;
      u.remaining := 0;
      u.resets := -9223372036854775808;
    END IF;
  END IF;
END $$;

-- ceil of the time in which so much leaks; the longest there is if that is more.
CREATE FUNCTION quota_leak(p_amount bigint, p_carry bigint, p_limit bigint, p_window bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(div(p_amount::numeric * p_window + (p_limit - 1 - p_carry), p_limit), 9223372036854775807)::bigint
$$;

-- Usage.waitNanos, of usage at the present.
CREATE FUNCTION quota_wait(u quota_usage, p_limit bigint, p_window bigint, p_burst bigint, p_amount bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  never CONSTANT bigint := 9223372036854775807;
  soon CONSTANT bigint := 1000000000;
  until_end bigint;
BEGIN
  IF u.kind = 3 THEN
    RETURN CASE WHEN p_amount > p_limit THEN never WHEN u.held <= p_limit - p_amount THEN 0 ELSE soon END;
  ELSIF p_amount = 0 THEN
    RETURN 0;
  ELSIF u.kind = 1 THEN
    IF p_amount > p_burst THEN
      RETURN never;
    ELSIF u.level <= p_burst - p_amount THEN
      RETURN 0;
    END IF;
    RETURN quota_leak(u.level - (p_burst - p_amount), u.carry, p_limit, p_window);
  ELSIF u.kind = 2 THEN
    IF p_amount > p_limit THEN
      RETURN never;
    ELSIF u.spent + u.reserved <= p_limit - p_amount THEN
      RETURN 0;
    END IF;
    until_end := quota_until_end(u);
    -- Only open reservations are in the way: they mostly end with less than they hold.
    RETURN CASE WHEN u.spent <= p_limit - p_amount THEN least(soon, until_end) ELSE until_end END;
  END IF;
  RETURN CASE WHEN u.resets = -9223372036854775808 OR p_amount <= u.remaining THEN 0 ELSE u.resets - u.seen_at END;
END $$;

CREATE FUNCTION quota_until_end(u quota_usage) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN u.ends = 9223372036854775807 THEN u.ends
    ELSE least((u.ends - u.seen_at)::numeric * 1000000, 9223372036854775807)::bigint END
$$;

-- Left.of: what is left of usage at the present.
CREATE FUNCTION quota_left_of(
  u quota_usage, p_limit bigint, p_window bigint, p_burst bigint, OUT available bigint, OUT rest bigint, OUT exceeded boolean)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  known boolean := u.resets <> -9223372036854775808;
BEGIN
  IF u.kind = 1 THEN
    available := greatest(0, p_burst - u.level);
    rest := CASE WHEN u.level = 0 THEN 0 ELSE quota_leak(u.level, u.carry, p_limit, p_window) END;
    exceeded := u.level > p_burst;
  ELSIF u.kind = 2 THEN
    available := greatest(0, p_limit - u.spent - u.reserved);
    rest := CASE WHEN u.spent + u.reserved = 0 THEN 0 ELSE quota_until_end(u) END;
    exceeded := u.spent + u.reserved > p_burst;
  ELSIF u.kind = 3 THEN
    available := greatest(0, p_limit - u.held);
    rest := CASE WHEN u.held = 0 THEN 0 ELSE 9223372036854775807 END;
    exceeded := u.held > p_burst;
  ELSE
    available := CASE WHEN known THEN greatest(0, u.remaining) ELSE p_limit END;
    rest := CASE WHEN known THEN u.resets - u.seen_at ELSE 0 END;
    exceeded := known AND greatest(0, u.whole - u.remaining) > p_burst;
  END IF;
END $$;

-- Usage.settled, of usage at the present.
CREATE FUNCTION quota_settled(INOUT u quota_usage, p_amount bigint, p_mark numeric, p_charged bigint)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  most CONSTANT bigint := 2305843009213693951;
  surplus bigint;
  left_of_it bigint;
BEGIN
  IF u.kind = 1 THEN
    IF p_charged >= p_amount THEN
      u.level := quota_sum(u.level, p_charged - p_amount);
      RETURN;
    END IF;
    surplus := p_amount - p_charged;
    left_of_it := least(greatest(p_mark - u.outflow, 0), u.level)::bigint;
    IF left_of_it > surplus OR (left_of_it = surplus AND u.carry = 0) THEN
      u.level := u.level - surplus;
      u.outflow := u.outflow + surplus;
    ELSIF left_of_it > 0 THEN
      u.level := u.level - left_of_it;
      u.outflow := u.outflow + left_of_it;
      u.carry := 0;
    END IF;
  ELSIF u.kind = 2 THEN
    IF p_mark = u.starts THEN
      u.reserved := greatest(0, u.reserved - p_amount);
      u.spent := quota_sum(u.spent, p_charged);
    END IF;
  ELSIF u.kind = 3 THEN
    u.held := greatest(0, u.held - p_amount);
  ELSIF u.resets <> -9223372036854775808 AND p_mark > u.told THEN
    u.remaining := least(greatest(u.remaining::numeric + p_amount - least(p_charged, most), -most), most)::bigint;
  END IF;
END $$;

-- Makes the rows that are missing, locks all, and fails if the cleaner took one in between: then the client comes again.
CREATE FUNCTION quota_lock(p_keys text[], p_kinds integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  there integer;
BEGIN
  SELECT count(*) INTO there FROM quota_usage WHERE key = ANY (p_keys);
  IF there < cardinality(p_keys) THEN
    INSERT INTO quota_usage (key, kind, touched)
      SELECT a.key, a.kind, (SELECT nanos FROM quota_clock())
      FROM unnest(p_keys, p_kinds) AS a (key, kind)
      WHERE NOT EXISTS (SELECT FROM quota_usage q WHERE q.key = a.key)
      ORDER BY a.key COLLATE "C"
      ON CONFLICT DO NOTHING;
  END IF;
  PERFORM FROM quota_usage WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
  GET DIAGNOSTICS there = ROW_COUNT;
  IF there < cardinality(p_keys) THEN
    RAISE EXCEPTION 'usage was cleaned away' USING ERRCODE = 'serialization_failure';
  END IF;
END $$;

CREATE FUNCTION quota_write(p_usages quota_usage[]) RETURNS void LANGUAGE sql AS $$
  UPDATE quota_usage q SET seen_at = u.seen_at, level = u.level, carry = u.carry, outflow = u.outflow, starts = u.starts,
    ends = u.ends, spent = u.spent, reserved = u.reserved, held = u.held, whole = u.whole, remaining = u.remaining,
    resets = u.resets, taken = u.taken, told = u.told, limit_amount = u.limit_amount, window_nanos = u.window_nanos,
    touched = u.touched
  FROM unnest(p_usages) AS u WHERE q.key = u.key
$$;

-- Takes all or nothing. Status 0: taken; 1: denied by the limit at that place; 2: this attempt was reserved before.
CREATE FUNCTION quota_reserve(
  p_call text, p_n integer, p_instance bigint, p_life bigint, p_memo text, p_estimate bigint[],
  p_keys text[], p_kinds integer[], p_dimensions integer[], p_caller boolean[], p_enforced boolean[],
  p_limits bigint[], p_windows bigint[], p_bursts bigint[], p_takes bigint[], p_bounds bigint[],
  OUT status integer, OUT binding integer, OUT wait bigint, OUT available bigint,
  OUT left_available bigint[], OUT left_rest bigint[], OUT left_exceeded boolean[])
LANGUAGE plpgsql AS $$
DECLARE
  now record;
  usages quota_usage[];
  u quota_usage;
  holds quota_hold[] := '{}';
  of_call text[] := '{}';
  own bigint;
  one record;
  slots boolean := false;
  money boolean := false;
BEGIN
  PERFORM quota_lock(p_keys, p_kinds);
  SELECT * INTO now FROM quota_clock();
  IF EXISTS (SELECT FROM quota_reservation r WHERE r.call = p_call AND r.n = p_n) THEN
    status := 2;
    RETURN;
  END IF;
  SELECT array_agg(q ORDER BY a.place) INTO usages
    FROM unnest(p_keys) WITH ORDINALITY AS a (key, place) JOIN quota_usage q ON q.key = a.key;
  wait := 0;
  FOR i IN 1..cardinality(p_keys) LOOP
    u := quota_at(usages[i], p_limits[i], p_windows[i], now.nanos, now.millis, p_bounds, 6 * i - 5);
    usages[i] := u;
    own := quota_wait(u, p_limits[i], p_windows[i], p_bursts[i], p_takes[i]);
    IF own > wait AND p_enforced[i] THEN
      wait := own;
      binding := i;
    END IF;
  END LOOP;
  IF binding IS NOT NULL THEN
    status := 1;
    SELECT l.available INTO available
      FROM quota_left_of(usages[binding], p_limits[binding], p_windows[binding], p_bursts[binding]) l;
    -- Nothing was written but locks.
    PERFORM set_config('synchronous_commit', 'off', true);
    RETURN;
  END IF;
  status := 0;
  left_available := '{}';
  left_rest := '{}';
  left_exceeded := '{}';
  FOR i IN 1..cardinality(p_keys) LOOP
    u := usages[i];
    own := 0;
    IF u.kind = 1 THEN
      u.level := quota_sum(u.level, p_takes[i]);
      holds := holds || ROW (u.key, 1, p_dimensions[i], p_caller[i], p_limits[i], p_windows[i], p_takes[i],
        u.outflow + u.level)::quota_hold;
    ELSIF u.kind = 2 THEN
      u.reserved := quota_sum(u.reserved, p_takes[i]);
      holds := holds || ROW (u.key, 2, p_dimensions[i], p_caller[i], p_limits[i], p_windows[i], p_takes[i],
        u.starts)::quota_hold;
    ELSIF u.kind = 3 THEN
      u.held := quota_sum(u.held, p_takes[i]);
      IF p_caller[i] THEN
        of_call := of_call || u.key;
      ELSE
        slots := true;
        holds := holds || ROW (u.key, 3, p_dimensions[i], false, p_limits[i], p_windows[i], p_takes[i], 0)::quota_hold;
      END IF;
    ELSE
      own := least(p_takes[i], 2305843009213693951);
      u.remaining := greatest(-2305843009213693951, u.remaining - own);
      u.taken := quota_sum(u.taken, own);
      holds := holds || ROW (u.key, 4, p_dimensions[i], p_caller[i], p_limits[i], p_windows[i], p_takes[i],
        u.taken)::quota_hold;
    END IF;
    money := money OR p_dimensions[i] >= 5;
    u.limit_amount := p_limits[i];
    u.window_nanos := p_windows[i];
    u.touched := now.nanos;
    usages[i] := u;
    SELECT * INTO one FROM quota_left_of(u, p_limits[i], p_windows[i], p_bursts[i]);
    left_available := left_available || one.available;
    left_rest := left_rest || one.rest;
    left_exceeded := left_exceeded || one.exceeded;
  END LOOP;
  IF slots OR cardinality(of_call) > 0 THEN
    IF NOT EXISTS (SELECT FROM gateway_instance g WHERE g.id = p_instance AND g.until > now.nanos) THEN
      RAISE EXCEPTION 'the lease of instance % is over', p_instance USING ERRCODE = 'TW001';
    END IF;
    INSERT INTO quota_call (call, key, n, instance, until)
      SELECT p_call, k, p_n, p_instance,
        coalesce((SELECT min(c.until) FROM quota_call c WHERE c.call = p_call), now.nanos + p_life)
      FROM unnest(of_call) AS k;
  END IF;
  INSERT INTO quota_reservation (call, n, instance, until, slots, holds, estimate, memo)
    VALUES (p_call, p_n, p_instance, now.nanos + p_life, slots, holds, p_estimate, p_memo)
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the same attempt at once' USING ERRCODE = 'serialization_failure';
  END IF;
  PERFORM quota_write(usages);
  IF NOT money THEN
    -- A crash of the server within its WAL writer's delay may forget these: rates heal by themselves.
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
END $$;

-- Ends an attempt once; again, or for one that is unknown, nothing happens. Endings: 1 settled, 2 unknown outcome, 3 refunded,
-- 4 refunded but the request, 5 expired. Actual: requests, input, output, cost, expected cost.
CREATE FUNCTION quota_end(
  p_call text, p_n integer, p_ending integer, p_actual bigint[], p_remember bigint, p_untold boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  now record;
  before quota_hold[];
  holds quota_hold[];
  usages quota_usage[];
  h quota_hold;
  u quota_usage;
  charged bigint;
  money boolean := false;
BEGIN
  SELECT * INTO now FROM quota_clock();
  UPDATE quota_reservation r SET ended = true, slots = false, untold = p_untold, until = now.nanos + p_remember
    WHERE r.call = p_call AND r.n = p_n AND NOT r.ended RETURNING r.holds INTO before;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM FROM quota_usage WHERE key = ANY (SELECT o.key FROM unnest(before) o) ORDER BY key FOR UPDATE;
  SELECT * INTO now FROM quota_clock();
  SELECT array_agg(q), array_agg(o) INTO usages, holds FROM unnest(before) o JOIN quota_usage q ON q.key = o.key;
  FOR i IN 1..coalesce(cardinality(usages), 0) LOOP
    h := holds[i];
    u := usages[i];
    IF h.kind = 2 THEN
      -- A window that is over stays until somebody asks for the next one: nothing is counted in it any more.
      u.seen_at := greatest(now.millis, u.seen_at);
    ELSE
      u := quota_at(u, h.limit_amount, h.window_nanos, now.nanos, now.millis, NULL, 0);
    END IF;
    IF h.kind <> 2 OR u.seen_at < u.ends THEN
      charged := CASE p_ending
        WHEN 1 THEN CASE h.dimension
          WHEN 0 THEN p_actual[1] WHEN 1 THEN p_actual[2] + p_actual[3] WHEN 2 THEN p_actual[2] WHEN 3 THEN p_actual[3]
          WHEN 4 THEN 1 WHEN 5 THEN p_actual[4] ELSE p_actual[5] END
        WHEN 2 THEN CASE WHEN h.dimension >= 5 THEN p_actual[4] ELSE h.amount END
        WHEN 3 THEN CASE WHEN h.dimension = 0 AND h.caller THEN h.amount ELSE 0 END
        WHEN 4 THEN CASE WHEN h.dimension = 0 THEN h.amount ELSE 0 END
        ELSE h.amount END;
      u := quota_settled(u, h.amount, h.mark, charged);
    END IF;
    u.touched := greatest(u.touched, now.nanos);
    usages[i] := u;
    money := money OR h.dimension >= 5;
  END LOOP;
  PERFORM quota_write(usages);
  IF NOT money THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
  RETURN true;
END $$;

-- Gives back concurrency, whosever it was.
CREATE FUNCTION quota_give_back(p_keys text[], p_amounts bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM quota_usage WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
  UPDATE quota_usage q SET held = greatest(0, q.held - g.amount)
    FROM (SELECT key, sum(amount)::bigint AS amount FROM unnest(p_keys, p_amounts) AS a (key, amount) GROUP BY key) g
    WHERE q.key = g.key;
END $$;

-- The call is over.
CREATE FUNCTION quota_finish(p_call text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  keys text[];
BEGIN
  WITH gone AS (DELETE FROM quota_call WHERE call = p_call RETURNING key) SELECT array_agg(key) INTO keys FROM gone;
  IF keys IS NOT NULL THEN
    PERFORM quota_give_back(keys, array_fill(1::bigint, ARRAY[cardinality(keys)]));
  END IF;
  PERFORM set_config('synchronous_commit', 'off', true);
END $$;

-- A vendor's word on learned limits.
CREATE FUNCTION quota_observe(
  p_call text, p_n integer, p_keys text[], p_wholes bigint[], p_remaining bigint[], p_lasts bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  now record;
  u quota_usage;
  at_mark bigint;
  until bigint;
BEGIN
  PERFORM quota_lock(p_keys, array_fill(4, ARRAY[cardinality(p_keys)]));
  SELECT * INTO now FROM quota_clock();
  FOR i IN 1..cardinality(p_keys) LOOP
    SELECT * INTO u FROM quota_usage WHERE key = p_keys[i];
    u := quota_at(u, 1, 1, now.nanos, now.millis, NULL, 0);
    SELECT h.mark::bigint INTO at_mark FROM quota_reservation r, unnest(r.holds) h
      WHERE r.call = p_call AND r.n = p_n AND NOT r.ended AND h.key = p_keys[i];
    at_mark := coalesce(at_mark, u.taken);
    until := least(u.seen_at::numeric + p_lasts[i], 9223372036854775807)::bigint;
    IF at_mark >= u.told AND until > u.seen_at THEN
      u.whole := p_wholes[i];
      u.remaining := p_remaining[i] - greatest(0, u.taken - at_mark);
      u.resets := until;
      u.told := at_mark;
    END IF;
    u.touched := greatest(u.touched, now.nanos);
    PERFORM quota_write(ARRAY[u]);
  END LOOP;
  PERFORM set_config('synchronous_commit', 'off', true);
END $$;

-- What is left of these limits; takes and locks nothing.
CREATE FUNCTION quota_left(
  p_keys text[], p_kinds integer[], p_limits bigint[], p_windows bigint[], p_bursts bigint[], p_bounds bigint[])
RETURNS TABLE (available bigint, rest bigint, exceeded boolean) LANGUAGE plpgsql AS $$
DECLARE
  now record;
  u quota_usage;
  place integer;
  empty CONSTANT bigint := -9223372036854775808;
BEGIN
  SELECT * INTO now FROM quota_clock();
  FOR i IN 1..cardinality(p_keys) LOOP
    SELECT * INTO u FROM quota_usage WHERE key = p_keys[i];
    IF NOT FOUND THEN
      u := ROW (p_keys[i], p_kinds[i], empty, 0, 0, 0, empty, empty, 0, 0, 0, 0, 0, empty, 0, 0, 1, 1, 0)::quota_usage;
    END IF;
    u := quota_at(u, p_limits[i], p_windows[i], now.nanos, now.millis, p_bounds, 6 * i - 5);
    RETURN QUERY SELECT * FROM quota_left_of(u, p_limits[i], p_windows[i], p_bursts[i]);
  END LOOP;
END $$;

-- A gateway lives: prolongs its lease, or gives it a new number if that was over. Says how many live.
CREATE FUNCTION quota_beat(p_instance bigint, p_name text, p_lease bigint, OUT instance bigint, OUT live integer)
LANGUAGE plpgsql AS $$
DECLARE
  now record;
BEGIN
  SELECT * INTO now FROM quota_clock();
  UPDATE gateway_instance g SET until = greatest(g.until, now.nanos + p_lease)
    WHERE g.id = p_instance AND g.until > now.nanos RETURNING g.id INTO instance;
  IF NOT FOUND THEN
    INSERT INTO gateway_instance (name, until) VALUES (p_name, now.nanos + p_lease) RETURNING id INTO instance;
  END IF;
  SELECT count(*) INTO live FROM gateway_instance g WHERE g.until > now.nanos;
  PERFORM set_config('synchronous_commit', 'off', true);
END $$;

-- A gateway leaves: what it holds is free at once.
CREATE FUNCTION quota_leave(p_instance bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE gateway_instance SET until = 0 WHERE id = p_instance
$$;

-- Frees the concurrency of gateways that fell silent and of calls nobody finished; some at a time. Says how much.
CREATE FUNCTION quota_free(p_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  now record;
  dead bigint[];
  keys text[] := '{}';
  amounts bigint[] := '{}';
  more text[];
  more_amounts bigint[];
  freed integer;
BEGIN
  SELECT * INTO now FROM quota_clock();
  SELECT coalesce(array_agg(id), '{}') INTO dead FROM gateway_instance WHERE until <= now.nanos;
  WITH found AS (
    SELECT call, n FROM quota_reservation WHERE slots AND instance = ANY (dead)
    ORDER BY call, n LIMIT p_most FOR UPDATE SKIP LOCKED
  ), before AS (
    SELECT r.call, r.n, h.key, h.amount FROM found JOIN quota_reservation r USING (call, n), unnest(r.holds) h WHERE h.kind = 3
  ), dropped AS (
    UPDATE quota_reservation r SET slots = false,
      holds = ARRAY (SELECT h FROM unnest(r.holds) h WHERE h.kind <> 3)
    FROM found WHERE r.call = found.call AND r.n = found.n
  )
  SELECT array_agg(key), array_agg(amount) INTO more, more_amounts FROM before;
  keys := keys || coalesce(more, '{}');
  amounts := amounts || coalesce(more_amounts, '{}');
  WITH found AS (
    SELECT ctid FROM quota_call WHERE until <= now.nanos OR instance = ANY (dead)
    ORDER BY call, key, n LIMIT p_most FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM quota_call c USING found WHERE c.ctid = found.ctid RETURNING c.key
  )
  SELECT array_agg(key), array_agg(1::bigint) INTO more, more_amounts FROM gone;
  keys := keys || coalesce(more, '{}');
  amounts := amounts || coalesce(more_amounts, '{}');
  freed := cardinality(keys);
  IF freed > 0 THEN
    PERFORM quota_give_back(keys, amounts);
  END IF;
  DELETE FROM gateway_instance g WHERE g.id = ANY (dead) AND g.until < now.nanos - 3600000000000
    AND NOT EXISTS (SELECT FROM quota_reservation r WHERE r.slots AND r.instance = g.id);
  RETURN freed;
END $$;

-- Ends one reservation that nobody ended in time, or brings back one that nobody was told of. Its memo is handed out until
-- quota_told says that somebody heard it.
CREATE FUNCTION quota_expire(p_retell bigint, OUT call text, OUT n integer, OUT estimate bigint[], OUT memo text)
LANGUAGE plpgsql AS $$
DECLARE
  now record;
  over boolean;
BEGIN
  SELECT * INTO now FROM quota_clock();
  SELECT r.call, r.n, r.estimate, r.memo, r.ended INTO call, n, estimate, memo, over FROM quota_reservation r
    WHERE r.until <= now.nanos AND (NOT r.ended OR r.untold) ORDER BY r.until LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  ELSIF over THEN
    UPDATE quota_reservation r SET until = now.nanos + p_retell
      WHERE r.call = quota_expire.call AND r.n = quota_expire.n;
  ELSE
    PERFORM quota_end(call, n, 5, NULL, p_retell, true);
  END IF;
END $$;

CREATE FUNCTION quota_told(p_call text, p_n integer, p_remember bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now record;
BEGIN
  SELECT * INTO now FROM quota_clock();
  UPDATE quota_reservation SET untold = false, until = now.nanos + p_remember WHERE call = p_call AND n = p_n AND untold;
END $$;

-- Drops what nobody needs any more, some at a time: attempts that ended long ago, usage at rest whose last holder must be gone.
CREATE FUNCTION quota_forget(p_most integer, p_keep bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  now record;
  attempts integer;
  usages integer;
BEGIN
  SELECT * INTO now FROM quota_clock();
  DELETE FROM quota_reservation WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM quota_reservation WHERE until <= now.nanos AND ended AND NOT untold
    ORDER BY until LIMIT p_most FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS attempts = ROW_COUNT;
  DELETE FROM quota_usage WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM quota_usage WHERE touched < now.nanos - p_keep AND CASE kind
      WHEN 1 THEN level::numeric * window_nanos <= (now.nanos::numeric - seen_at) * limit_amount
      WHEN 2 THEN spent + reserved = 0 OR ends <= now.millis
      WHEN 3 THEN held = 0
      ELSE resets <= now.nanos END
    LIMIT p_most FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS usages = ROW_COUNT;
  RETURN attempts + usages;
END $$;
