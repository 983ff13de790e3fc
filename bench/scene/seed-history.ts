import type { Store } from '../../src/store/store.ts'

/** People who make requests and are asked, beside those of the sample company, unless it is to be other many. */
const PEOPLE = 1_000
/** How long ago the first request was made; the last one is of today. */
const DAYS = 730

/**
 * Writes a company's past into a database that is set up: that many requests with one action each, a hundredth of them
 * open, and for each a token, an approval e-mail, a reply that decides, two audit entries and somebody who signed in.
 * Written in SQL, because made one by one they would take an hour.
 */
export async function seedHistory(store: Store, requests: number, people = PEOPLE): Promise<void> {
  const person = (number: string) => idOf('person', `(${number}) % ${people} + 1`)
  const at = `now() - interval '${DAYS} days' * (${requests} - n) / ${requests}`
  const decidedAt = `${at} + interval '1 minute' * (n % 600)`
  await store.pool.query(`
    insert into person (id, address, name, locale, role, created_at)
    select ${idOf('person', 'n')}, 'person' || n || '@contoso.example', 'Person ' || n, 'en', 'member', now()
    from ${numbers(people)};

    insert into request (id, process_id, requester_id, title, data, status, ending, input_digest, created_at, closed_at)
    overriding system value
    select n, (select id from process limit 1), ${person('n')}, 'Purchase ' || n, '{"item":"Laptop"}',
      case when ${isOpen} then 'open' else 'completed' end, case when ${isOpen} then null else 'approved' end,
      md5(n::text), ${at}, case when ${isOpen} then null else ${at} end
    from ${numbers(requests)};
    select setval(pg_get_serial_sequence('request', 'id'), ${requests});

    insert into action (id, request_id, number, step, status, opened_at, closed_at)
    select ${idOf('action', 'n')}, n, 1, 'manager-approval', case when ${isOpen} then 'open' else 'decided' end,
      ${at}, case when ${isOpen} then null else ${decidedAt} end
    from ${numbers(requests)};

    insert into action_assignee (action_id, person_id, assigned_at)
    select ${idOf('action', 'n')}, ${person('n * 7')}, ${at} from ${numbers(requests)};

    insert into reply_token (hash, action_id, person_id, nonce, key_id, instance, created_at)
    select encode(sha256(n::text::bytea), 'hex'), ${idOf('action', 'n')}, ${person('n * 7')}, '\\x00', 'key', 'bench', ${at}
    from ${numbers(requests)};

    insert into inbound_message (id, mailbox_id, provider_id, fingerprint, folder, received_at, stored_at, raw,
      raw_sha256, raw_size, original_octets, from_address, subject, message_id, state, outcome, settle_state,
      request_id, action_id, person_id)
    select ${idOf('inbound', 'n')}, (select id from mailbox limit 1), 'item ' || n, md5(n::text), 'inbox', ${at}, ${at}, '\\x41',
      md5(n::text), 1, false, 'person' || (n * 7) % ${people} + 1 || '@contoso.example', 'RE: Purchase ' || n,
      '<' || n || '@contoso.example>', 'processed', case when n % 10 = 0 then 'asked-back' else 'decided' end, 'done',
      n, ${idOf('action', 'n')}, ${person('n * 7')}
    from ${numbers(requests)};

    insert into decision (action_id, person_id, result, answers, comment, door, inbound_message_id, raw_sha256, decided_at)
    select ${idOf('action', 'n')}, ${person('n * 7')}, 'YES', '{}', '', 'mail', ${idOf('inbound', 'n')}, md5(n::text), ${decidedAt}
    from ${numbers(requests)} where not (${isOpen});

    insert into outbound_message (id, mailbox_id, kind, priority, person_id, to_address, request_id, action_id, payload,
      message_id, state, next_attempt_at, sent_at, created_at)
    select ${idOf('outbound', 'n')}, (select id from mailbox limit 1), 'approval', 1, ${person('n * 7')},
      'person' || (n * 7) % ${people} + 1 || '@contoso.example', n, ${idOf('action', 'n')}, '{}',
      '<sent.' || n || '@contoso.example>', 'sent', ${at}, ${at}, ${at}
    from ${numbers(requests)};

    insert into audit_entry (request_id, sequence, at, kind, payload, payload_digest, previous_digest, digest)
    select n, sequence, ${at}, 'request-created', '{}', md5(''), md5(''), md5(n::text || sequence)
    from ${numbers(requests)}, generate_series(1, 2) sequence;

    insert into sign_in_event (id, at, kind, person_id, remote_address, user_agent)
    select ${idOf('sign-in', 'n')}, ${at}, 'signed-in', ${person('n * 7')}, '192.0.2.1', 'Firefox/145.0'
    from ${numbers(requests)};

    analyze`)
}

const isOpen = 'n % 100 = 0'

function numbers(count: number): string {
  return `generate_series(1, ${count}) n`
}

const tables = ['person', 'action', 'inbound', 'outbound', 'sign-in'] as const

/** The id of a row by its number, in SQL: of the form of UUIDv7, and in the order of the numbers. */
function idOf(table: (typeof tables)[number], number: string): string {
  return `('${prefixOf(table)}' || lpad(to_hex(${number}), 12, '0'))::uuid`
}

const prefixOf = (table: (typeof tables)[number]) => `0190000${tables.indexOf(table) + 1}-0000-7000-8000-`

/** The same, for who asks the API. */
export function seededId(table: (typeof tables)[number], number: number): string {
  return prefixOf(table) + number.toString(16).padStart(12, '0')
}
