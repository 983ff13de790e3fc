import type { Store } from '../../src/store/store.ts'

/** People who make requests and are asked, beside those of the sample company. */
const PEOPLE = 1_000

/**
 * Writes a company's past into a database that is set up: that many requests with one action each, a hundredth of them
 * open, and for each a token, an approval e-mail, a reply and two audit entries. Written in SQL, because made one by one
 * they would take an hour.
 */
export async function seedHistory(store: Store, requests: number): Promise<void> {
  await store.pool.query(`
    insert into person (id, address, name, locale, role, created_at)
    select ${id('1', 'n')}, 'person' || n || '@contoso.example', 'Person ' || n, 'en', 'member', now()
    from generate_series(1, ${PEOPLE}) n;

    insert into request (id, process_id, requester_id, title, data, status, ending, input_digest, created_at, closed_at)
    overriding system value
    select n, (select id from process limit 1), ${person('n')}, 'Purchase ' || n, '{"item":"Laptop"}',
      case when ${isOpen} then 'open' else 'completed' end, case when ${isOpen} then null else 'approved' end,
      md5(n::text), ${at}, case when ${isOpen} then null else ${at} end
    from ${numbers(requests)};
    select setval(pg_get_serial_sequence('request', 'id'), ${requests});

    insert into action (id, request_id, number, step, status, opened_at, closed_at)
    select ${id('2', 'n')}, n, 1, 'manager-approval', case when ${isOpen} then 'open' else 'decided' end,
      ${at}, case when ${isOpen} then null else ${at} end
    from ${numbers(requests)};

    insert into action_assignee (action_id, person_id, assigned_at)
    select ${id('2', 'n')}, ${person('n * 7')}, ${at} from ${numbers(requests)};

    insert into reply_token (hash, action_id, person_id, nonce, key_id, created_at)
    select encode(sha256(n::text::bytea), 'hex'), ${id('2', 'n')}, ${person('n * 7')}, '\\x00', 'key', ${at}
    from ${numbers(requests)};

    insert into inbound_message (id, mailbox_id, provider_id, fingerprint, folder, received_at, stored_at, raw,
      raw_sha256, raw_size, original_octets, from_address, subject, message_id, state, outcome, settle_state,
      request_id, action_id, person_id)
    select ${id('3', 'n')}, (select id from mailbox limit 1), 'item ' || n, md5(n::text), 'inbox', ${at}, ${at}, '\\x41',
      md5(n::text), 1, false, 'person' || (n * 7) % ${PEOPLE} + 1 || '@contoso.example', 'RE: Purchase ' || n,
      '<' || n || '@contoso.example>', 'processed', case when n % 10 = 0 then 'asked-back' else 'decided' end, 'done',
      n, ${id('2', 'n')}, ${person('n * 7')}
    from ${numbers(requests)};

    insert into outbound_message (id, mailbox_id, kind, priority, person_id, to_address, request_id, action_id, payload,
      message_id, state, next_attempt_at, sent_at, created_at)
    select ${id('4', 'n')}, (select id from mailbox limit 1), 'approval', 1, ${person('n * 7')},
      'person' || (n * 7) % ${PEOPLE} + 1 || '@contoso.example', n, ${id('2', 'n')}, '{}',
      '<sent.' || n || '@contoso.example>', 'sent', ${at}, ${at}, ${at}
    from ${numbers(requests)};

    insert into audit_entry (request_id, sequence, at, kind, payload, payload_digest, previous_digest, digest)
    select n, sequence, ${at}, 'request-created', '{}', md5(''), md5(''), md5(n::text || sequence)
    from ${numbers(requests)}, generate_series(1, 2) sequence;

    analyze`)
}

const isOpen = 'n % 100 = 0'
const at = `now() - interval '1 minute' * (1000000 - n)`

function numbers(count: number): string {
  return `generate_series(1, ${count}) n`
}

/** Ids of the form of UUIDv7 that sort by number. */
function id(table: string, number: string): string {
  return `('0190000${table}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
}

function person(number: string): string {
  return id('1', `(${number}) % ${PEOPLE} + 1`)
}
