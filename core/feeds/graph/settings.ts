import * as z from 'zod'
import { endpointProblem, originOf } from '../../net/origin.ts'
import { STREAMS } from './streams.ts'

/** `directory-audits` and so on: the ids without what they have in common. */
const NAMES = STREAMS.map(({ id }) => id.replace(/^graph-/, ''))

export const graphSettings = {
  GRAPH_API_URL: z
    .string()
    .superRefine((value, context) => {
      const problem = endpointProblem(value)
      if (problem !== undefined) context.addIssue(problem)
    })
    .transform(value => originOf(value) ?? value)
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
      'Logs to read from Microsoft Graph where permission and licence allow: all, none (and no hunting), or a list of names.',
    ),
} as const
