import * as z from 'zod'
import { endpoint } from '../endpoint.ts'
import { STREAMS } from './streams.ts'

/** `directory-audits` and so on: the ids without what they have in common. */
const NAMES = STREAMS.map(({ id }) => id.replace(/^graph-/, ''))

export const graphSettings = {
  GRAPH_API_URL: endpoint
    .optional()
    .describe('Address of Microsoft Graph; only to reach another one than the cloud’s own.'),
  GRAPH_FEEDS: z
    .string()
    .default('all')
    .transform((value, context): string[] => {
      const asked = value
        .toLowerCase()
        .split(',')
        .map(part => part.trim().replace(/^graph-/, ''))
        .filter(part => part !== '')
      if (asked.length === 1 && asked[0] === 'all') return NAMES.map(name => `graph-${name}`)
      if (asked.length === 1 && asked[0] === 'none') return []
      const known = NAMES.filter(name => asked.includes(name))
      if (known.length !== asked.length || known.length === 0)
        context.addIssue(`must be all, none, or a comma-separated list of ${NAMES.join(', ')}`)
      return known.map(name => `graph-${name}`)
    })
    .describe(
      'Logs to read from Microsoft Graph where permission and licence allow: all, none, or a list of names.',
    ),
  BACKFILL_DAYS: z
    .string()
    .default('30')
    .refine(value => /^\d{1,3}$/.test(value) && Number(value) <= 180, 'must be a whole number from 0 to 180')
    .transform(Number)
    .describe(
      'Days of the past to learn from at the first start, through the audit search of Graph; 0 for none.',
    ),
} as const
