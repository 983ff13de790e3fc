import { isCurrency } from '../../../lib/currency.ts'
import { error, type Finding } from '../problem.ts'
import type { ProcessDefinition } from '../process.ts'
import { repeated } from './repeated.ts'

/** Fields by name, steps by name; and no step named as an ending, since `next` tells them apart by their names. */
export function namesUnique({ fields, steps, endings }: ProcessDefinition): Finding[] {
  return [
    ...repeated(fields.map(({ name }) => name)).map(({ value, index }) =>
      error(['fields', index, 'name'], 'field-twice', { field: value }),
    ),
    ...repeated(steps.map(({ name }) => name)).map(({ value, index }) =>
      error(['steps', index, 'name'], 'step-twice', { step: value }),
    ),
    ...steps.flatMap(({ name }, index) =>
      Object.hasOwn(endings, name)
        ? [error(['steps', index, 'name'], 'step-named-as-ending', { step: name })]
        : [],
    ),
  ]
}

export function optionsFit({ fields }: ProcessDefinition): Finding[] {
  return fields.flatMap(({ name, type, options }, index) => {
    const path = ['fields', index]
    if (type !== 'choice') {
      return options === undefined
        ? []
        : [error([...path, 'options'], 'options-without-choice', { field: name, type })]
    }
    if (options === undefined || options.length === 0)
      return [error(path, 'choice-without-options', { field: name })]
    return repeated(options.map(({ value }) => value)).map((option) =>
      error([...path, 'options', option.index, 'value'], 'option-twice', {
        field: name,
        option: option.value,
      }),
    )
  })
}

export function currencyFits({ fields }: ProcessDefinition): Finding[] {
  return fields.flatMap(({ name, type, currency }, index) => {
    const path = ['fields', index]
    if (type !== 'money') {
      return currency === undefined
        ? []
        : [error([...path, 'currency'], 'currency-without-money', { field: name, type })]
    }
    if (currency === undefined) return [error(path, 'money-without-currency', { field: name })]
    return isCurrency(currency)
      ? []
      : [error([...path, 'currency'], 'currency-unknown', { field: name, currency })]
  })
}

export function personFits({ fields }: ProcessDefinition): Finding[] {
  return fields.flatMap(({ name, type, person }, index) =>
    person === true && type !== 'text'
      ? [error(['fields', index, 'person'], 'person-without-text', { field: name, type })]
      : [],
  )
}
