import { defineCases } from '../../test/support/cases.ts'
import { observed } from '../../test/support/record-observed.ts'
import { at } from '../../test/support/records.ts'

const found = (object: string, time: string) =>
  observed({ operation: 'DomainFound', at: at(time), identity: [object], object })

export const cases = defineCases('unseen-domain', {
  fires: {
    'a domain that no record told of': {
      records: [found('harvest.example', '09:00')],
      expect: { term: 'verified', severity: 'medium', key: ['harvest.example'], count: 1 },
    },
    'seen by two looks at once, it is one': {
      records: [found('harvest.example', '09:00'), found('harvest.example', '09:00')],
      expect: { count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'an observation that names no domain': [
      observed({ operation: 'DomainFound', at: at('09:00'), identity: ['none'] }),
    ],
  },
})
