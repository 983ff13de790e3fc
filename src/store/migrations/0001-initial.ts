/**
 * All tables (`schema.ts` says what their rows stand for). The constraints are the last line of the promises: what they
 * forbid cannot happen, whatever a bug or a race above them does.
 *
 * Documents are `json`, not `jsonb`: nothing is ever searched inside them, and jsonb refuses U+0000 and half surrogate
 * pairs, which hostile mail brings and which must not keep a reply from being stored.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const create of [
    createPeople,
    createSignIn,
    createMailboxes,
    createProcesses,
    createFiles,
    createMessages,
    createAnswers,
    createFooters,
    createAudit,
  ]) {
    await create(db)
  }
}

async function createPeople(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      id uuid primary key,
      address text not null unique,
      name text not null,
      locale text not null check (locale in ('en', 'fr')),
      locale_chosen boolean not null default false,
      time_zone text,
      manager_id uuid references person,
      role text not null check (role in ('member', 'auditor', 'administrator')),
      active boolean not null default true,
      created_at timestamptz not null,
      -- Without accents and capitals, as people type a name. Unique, for the address is; lists are in its order.
      search_text text collate "C" not null generated always as (
        lower(regexp_replace(normalize(name || ' ' || address, nfd), U&'[\\0300-\\036F]', '', 'g'))
      ) stored
    );
    create index on person (search_text);
    create index on person (role) where role <> 'member';

    create table person_alias (
      address text primary key,
      person_id uuid not null references person
    );
    create index on person_alias (person_id);

    create table people_group (
      id uuid primary key,
      name text not null unique
    );

    create table people_group_former_name (
      name text primary key,
      group_id uuid not null references people_group on delete cascade
    );
    create index on people_group_former_name (group_id);

    -- Outlives the group.
    create table people_group_event (
      id uuid primary key,
      at timestamptz not null,
      group_id uuid not null,
      kind text not null check (kind in ('made', 'renamed', 'deleted')),
      name text not null,
      former_name text,
      actor_id uuid references person,
      check ((kind = 'renamed') = (former_name is not null))
    );
    create index on people_group_event (group_id, id);

    create table group_member (
      group_id uuid not null references people_group,
      person_id uuid not null references person,
      primary key (group_id, person_id)
    );
    create index on group_member (person_id);

    create table api_token (
      id uuid primary key,
      hash text not null unique,
      person_id uuid not null references person,
      name text not null,
      scopes json not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz
    );
    create index on api_token (person_id);

    create table delegation (
      id uuid primary key,
      person_id uuid not null references person,
      to_id uuid not null references person,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      note text not null,
      recorded_at timestamptz not null,
      recorded_by uuid references person,
      ended_at timestamptz,
      check (person_id <> to_id),
      check (starts_at < ends_at)
    );
    create index on delegation (person_id, id);
    create index on delegation (to_id, id);

    create table person_event (
      id uuid primary key,
      at timestamptz not null,
      person_id uuid not null references person,
      kind text not null check (kind in (
        'added', 'changed', 'group-joined', 'group-left', 'delegation-recorded', 'delegation-ended'
      )),
      actor_id uuid references person,
      payload json not null
    );
    create index on person_event (person_id, id);
  `.execute(db)
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_password (
      person_id uuid primary key references person,
      hash text not null,
      set_at timestamptz not null
    );

    create table sign_in_link (
      person_id uuid primary key references person,
      hash text not null unique,
      expires_at timestamptz not null
    );

    create table sign_in_session (
      id uuid primary key,
      hash text not null unique,
      person_id uuid not null references person,
      user_agent text not null,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index on sign_in_session (person_id);

    create table sign_in_throttle (
      key text primary key,
      failures integer not null,
      failed_at timestamptz not null,
      wait_until timestamptz not null
    );

    create table sign_in_event (
      id uuid primary key,
      at timestamptz not null,
      kind text not null check (
        kind in ('invited', 'password-set', 'signed-in', 'refused', 'signed-out', 'session-ended')
      ),
      person_id uuid references person,
      remote_address text not null,
      user_agent text not null
    );
    create index on sign_in_event (at);
    create index on sign_in_event (person_id, id);
  `.execute(db)
}

async function createMailboxes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table installation (
      id integer primary key default 1 check (id = 1),
      attached_to text not null,
      attached_at timestamptz not null
    );

    create table mailbox (
      id uuid primary key,
      name text not null unique,
      settings json not null,
      secrets bytea,
      state text not null check (state in ('running', 'paused', 'disabled', 'detached')),
      trouble json,
      failures integer not null default 0,
      retry_at timestamptz,
      send_retry_at timestamptz,
      paused_at timestamptz,
      paused_by uuid references person,
      cursor text,
      start_from timestamptz not null,
      read_from timestamptz,
      watched_by text,
      watched_until timestamptz,
      last_received_at timestamptz,
      reattachment json
    );

    create table mailbox_change (
      id uuid primary key,
      mailbox_id uuid not null references mailbox,
      at timestamptz not null,
      actor_id uuid references person,
      kind text not null check (
        kind in ('created', 'changed', 'moved', 'paused', 'resumed', 'reattached')
      ),
      changes json not null
    );
    create index on mailbox_change (mailbox_id, id);

    create table mailbox_outage (
      id uuid primary key,
      mailbox_id uuid not null references mailbox,
      trouble json not null,
      ended_at timestamptz,
      told text not null check (told in ('nothing', 'down', 'up', 'given-up')),
      attempts integer not null default 0,
      next_attempt_at timestamptz not null
    );
    create unique index mailbox_outage_now on mailbox_outage (mailbox_id) where ended_at is null;

    create table mailbox_push (
      mailbox_id uuid primary key references mailbox,
      state text not null check (state in ('unsupported', 'off', 'on', 'failed')),
      basis text not null,
      due_at timestamptz,
      failures integer not null,
      trouble json,
      provider_id text unique,
      client_state_hash text,
      target text,
      expires_at timestamptz,
      settings json,
      secrets bytea,
      check ((state = 'failed') = (trouble is not null)),
      check (state <> 'on' or provider_id is not null),
      check (num_nulls(provider_id, client_state_hash, target, expires_at, settings) in (0, 5))
    );

    create table failed_fetch (
      id uuid primary key,
      mailbox_id uuid not null references mailbox,
      provider_id text not null,
      received_at timestamptz,
      attempts integer not null,
      next_attempt_at timestamptz,
      error json not null,
      first_failed_at timestamptz not null,
      unique (mailbox_id, provider_id)
    );
    create index on failed_fetch (mailbox_id, next_attempt_at);
  `.execute(db)
}

async function createProcesses(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table process (
      id uuid primary key,
      name text not null,
      version integer not null check (version > 0),
      status text not null check (status in ('active', 'archived')),
      definition json not null,
      source text not null,
      digest text not null,
      mailbox_id uuid not null references mailbox,
      imported_at timestamptz not null,
      imported_by uuid references person,
      unique (name, version)
    );
    create unique index process_active on process (name) where status = 'active';

    create table request (
      id integer generated by default as identity primary key,
      process_id uuid not null references process,
      requester_id uuid not null references person,
      title text not null,
      data json not null,
      status text not null check (status in ('open', 'completed', 'cancelled')),
      ending text,
      idempotency_key text,
      input_digest text not null,
      created_at timestamptz not null,
      closed_at timestamptz,
      unique (requester_id, idempotency_key),
      check ((status = 'open') = (closed_at is null))
    );
    create index on request (process_id);
    create index request_open_of_process on request (process_id) where status = 'open';
    create index on request (requester_id, id);
    create index on request (status, id);

    create table action (
      id uuid primary key,
      request_id integer not null references request,
      number integer not null check (number > 0),
      step text not null,
      status text not null check (status in ('open', 'decided', 'cancelled')),
      opened_at timestamptz not null,
      due_at timestamptz,
      closed_at timestamptz,
      times_delegated integer not null default 0,
      unique (request_id, number),
      check ((status = 'open') = (closed_at is null))
    );
    create index action_due on action (due_at) where status = 'open';
    create index action_open on action (id) where status = 'open';
    -- How long decisions took, week by week, without a look at the rows.
    create index on action (closed_at) include (opened_at, status) where closed_at is not null;

    create table action_assignee (
      action_id uuid not null references action,
      person_id uuid not null references person,
      group_id uuid references people_group,
      handed_on_by uuid references person,
      assigned_at timestamptz not null,
      ended_at timestamptz,
      primary key (action_id, person_id)
    );
    create index action_assignee_to_do on action_assignee (person_id, action_id) where ended_at is null;

    create table reply_token (
      hash text primary key,
      action_id uuid not null references action,
      person_id uuid not null references person,
      nonce bytea not null,
      key_id text not null,
      instance text not null,
      created_at timestamptz not null,
      expires_at timestamptz
    );
    create index on reply_token (action_id, person_id);
  `.execute(db)
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table request_file (
      id uuid primary key,
      request_id integer references request,
      place integer check (place > 0),
      name text not null check (char_length(name) between 1 and 255),
      media_type text not null,
      size integer not null check (size > 0),
      sha256 text not null,
      octets bytea check (octet_length(octets) = size),
      added_by uuid references person,
      added_at timestamptz not null,
      erased_at timestamptz,
      unique (request_id, place),
      check ((request_id is null) = (place is null)),
      check ((octets is null) = (erased_at is not null)),
      check (request_id is not null or erased_at is null)
    );
    create index request_file_draft on request_file (added_by, added_at) where request_id is null;
    create index request_file_to_erase on request_file (request_id) where erased_at is null;
    -- What people send is compressed already.
    alter table request_file alter column octets set storage external;
  `.execute(db)
}

async function createMessages(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table inbound_message (
      id uuid primary key,
      mailbox_id uuid not null references mailbox,
      provider_id text not null,
      fingerprint text not null,
      duplicate_of uuid references inbound_message,
      folder text not null check (folder in ('inbox', 'junk', 'processed', 'deleted')),
      received_at timestamptz not null,
      stored_at timestamptz not null,
      raw bytea,
      raw_sha256 text not null,
      raw_size integer not null,
      original_octets boolean not null,
      transport_headers text,
      item_class text,
      from_address text not null,
      subject text not null,
      message_id text,
      state text not null check (state in ('received', 'processed', 'dead')),
      outcome text check (outcome in (
        'decided', 'kept-partly', 'commented', 'asked-back', 'held', 'rejected', 'late', 'automatic', 'bounce',
        'duplicate', 'instructed'
      )),
      attempts integer not null default 0,
      next_attempt_at timestamptz,
      error json,
      settle_state text not null check (settle_state in ('due', 'done', 'failed')),
      settle_attempts integer not null default 0,
      request_id integer references request,
      action_id uuid references action,
      person_id uuid references person,
      reading json,
      read_as json,
      verdict json,
      processed_at timestamptz,
      erased_at timestamptz,
      unique (mailbox_id, provider_id),
      check (erased_at is null or (raw is null and state <> 'received'))
    );
    create index on inbound_message (mailbox_id, fingerprint);
    create index on inbound_message (duplicate_of) where duplicate_of is not null;
    create index on inbound_message (received_at, id) include (outcome);
    create index on inbound_message (request_id) where request_id is not null;
    create index on inbound_message (from_address, received_at);
    -- What became of few is looked for; what became of most is found soon on the way through all.
    create index inbound_message_exceptions on inbound_message (outcome, id) where outcome <> 'decided';
    -- The files that must be there.
    create index on inbound_message (raw_sha256) where raw is null and erased_at is null;
    create index inbound_message_to_erase on inbound_message (mailbox_id, received_at)
      where erased_at is null and state <> 'received';
    create index inbound_message_due on inbound_message (next_attempt_at) where state = 'received';
    create index inbound_message_dead on inbound_message (id) where state = 'dead';
    create index inbound_message_to_settle on inbound_message (mailbox_id, settle_attempts, id)
      where settle_state = 'due';
    -- Mail is compressed little or not at all by what its octets are; reading a part of it stays possible.
    alter table inbound_message alter column raw set storage external;

    create table outbound_message (
      id uuid primary key,
      mailbox_id uuid not null references mailbox,
      kind text not null check (kind in (
        'approval', 'asked-back', 'confirm-held', 'late', 'confirmation', 'comment-recorded', 'request-closed',
        'undelivered', 'approver-away', 'action-withdrawn', 'delegated', 'status'
      )),
      priority integer not null,
      person_id uuid references person,
      to_address text not null,
      request_id integer references request,
      action_id uuid references action,
      in_reply_to uuid references inbound_message,
      payload json not null,
      message_id text,
      sent_text text,
      state text not null check (state in (
        'waiting', 'sending', 'unknown', 'sent', 'dead', 'cancelled', 'undelivered'
      )),
      attempts integer not null default 0,
      next_attempt_at timestamptz not null,
      waits_for text check (waits_for = 'sending-budget'),
      sending_since timestamptz,
      sent_at timestamptz,
      provider_id text,
      error json,
      created_at timestamptz not null,
      check (state <> 'sending' or sending_since is not null)
    );
    create index outbound_message_due on outbound_message (state, next_attempt_at)
      where state in ('waiting', 'sending', 'unknown');
    create index outbound_message_given_up on outbound_message (id) where state in ('dead', 'undelivered');
    -- A bounce names our Message-ID.
    create unique index on outbound_message (message_id) where message_id is not null;
    -- The sending budget counts what was claimed, and ranks what waits for it, per mailbox.
    create index on outbound_message (mailbox_id, sending_since) where sending_since is not null;
    create index outbound_message_waiting on outbound_message (mailbox_id, waits_for, next_attempt_at)
      where state = 'waiting';
    create index outbound_message_to_erase on outbound_message (mailbox_id, created_at) where sent_text is not null;
    create index on outbound_message (to_address, created_at);
    create index on outbound_message (request_id) where request_id is not null;
    create index on outbound_message (in_reply_to) where in_reply_to is not null;
  `.execute(db)
}

async function createAnswers(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The primary key is promise 2: one decision per action, whichever door it came through.
    create table decision (
      action_id uuid primary key references action,
      person_id uuid not null references person,
      result text not null,
      answers json not null,
      comment text not null,
      door text not null check (door in ('mail', 'portal', 'api')),
      inbound_message_id uuid references inbound_message,
      raw_sha256 text,
      released_by uuid references person,
      entered_by uuid references person,
      decided_at timestamptz not null,
      check (released_by is null or (door = 'mail' and released_by <> person_id)),
      check (entered_by is null or (door = 'mail' and entered_by <> person_id)),
      check (num_nonnulls(released_by, entered_by) <= 1),
      check ((door = 'mail') = (inbound_message_id is not null)),
      check ((inbound_message_id is null) = (raw_sha256 is null))
    );
    create index on decision (person_id);
    create index on decision (decided_at) include (door);

    create table partial_answer (
      action_id uuid not null references action,
      person_id uuid not null references person,
      answers json not null,
      comment text not null,
      asked json not null,
      inbound_message_id uuid not null references inbound_message,
      created_at timestamptz not null,
      primary key (action_id, person_id)
    );
  `.execute(db)
}

async function createFooters(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table footer (
      id uuid primary key,
      domain text not null,
      key text not null,
      digest text not null,
      line text not null,
      state text not null check (state in ('learned', 'proposed', 'on', 'off')),
      learned_at timestamptz not null,
      example_id uuid not null references inbound_message,
      switched_at timestamptz,
      switched_by uuid references person,
      unique (domain, key),
      check ((state in ('on', 'off')) = (switched_at is not null))
    );

    create table footer_sighting (
      domain text not null,
      digest text not null,
      person_id uuid not null references person,
      day date not null,
      primary key (domain, digest, person_id, day)
    );
    -- So many a person and day.
    create index on footer_sighting (person_id, day);
  `.execute(db)
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entry (
      request_id integer not null references request,
      sequence integer not null check (sequence > 0),
      at timestamptz not null,
      kind text not null,
      actor_id uuid references person,
      payload json,
      payload_digest text not null,
      previous_digest text not null,
      digest text not null,
      primary key (request_id, sequence)
    );
    create index on audit_entry (at, request_id, sequence);
    create index on audit_entry (actor_id, at) where actor_id is not null;
    -- What happens to few requests is looked for; what happens to each is found soon on the way through all.
    create index audit_entry_exceptions on audit_entry (kind, at)
      where kind not in ('request-created', 'action-opened', 'action-decided', 'request-completed');

    create table audit_checkpoint (
      number integer primary key,
      at timestamptz not null,
      heads_digest text not null,
      head_count integer not null,
      previous_signature text not null,
      key_id text not null,
      signature text not null
    );

    create table audit_checkpoint_head (
      request_id integer not null,
      sequence integer not null,
      digest text not null,
      checkpoint integer not null references audit_checkpoint,
      primary key (request_id, sequence)
    );
    create index on audit_checkpoint_head (checkpoint, request_id);
  `.execute(db)
}
