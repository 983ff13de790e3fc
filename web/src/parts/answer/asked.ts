import type { components } from '../../api/schema.ts'

/** What an action asks. */
export type Asked = Pick<components['schemas']['Action'], 'question' | 'furtherQuestions'>
