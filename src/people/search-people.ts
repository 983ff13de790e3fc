import type { ExpressionBuilder } from 'kysely'
import type { Database } from '../store/schema.ts'

/**
 * Whether what was typed is in somebody's name or in one of their addresses, for `where` in a query over `person`.
 * Capitals and accents do not count; of several words each has to be there.
 */
export function isCalled(where: ExpressionBuilder<Database, 'person'>, typed: string) {
  const words = folded(typed).split(/\s+/).filter(Boolean)
  return where.and(
    words.map((word) =>
      where.or([
        where('person.searchText', 'like', containing(word)),
        // Looked for once, and not for each person: of the aliases few are meant.
        where(
          'person.id',
          'in',
          where
            .selectFrom('personAlias')
            .select('personAlias.personId')
            .where('personAlias.address', 'like', containing(word)),
        ),
      ]),
    ),
  )
}

/** As the database folds `search_text`. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()

/** The wildcards of LIKE stand for themselves in it. */
const containing = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`
