import * as z from 'zod'
import { asciiDomain } from '../detections/kit/recipients.ts'

export const pipelineSettings = {
  INTERNAL_DOMAINS: z
    .string()
    .default('')
    .transform((value, context): string[] => {
      const asked = value.split(/[,;\s]+/).filter(part => part !== '')
      for (const domain of asked)
        if (asciiDomain(domain) === undefined || domain.includes('@'))
          context.addIssue(
            `holds "${domain.slice(0, 80)}", which is not a domain; write example.com, example.org`,
          )
      return asked
    })
    .describe(
      'The organisation’s own mail domains, separated by commas. Without it they are learned from mailbox owners.',
    ),
  TENANT_NAME: z
    .string()
    .max(60, 'is longer than 60 characters')
    .optional()
    .describe('What the cards call the organisation; its tenant id otherwise.'),
  DIGEST: z
    .enum(['weekly', 'off'], 'must be weekly or off')
    .default('weekly')
    .describe('Whether to post on Monday mornings what was seen in the week before.'),
  WAXSEAL_CONFIG: z
    .string()
    .optional()
    .describe(
      'Path of the file that tunes detections and allows findings; waxseal.config.json, where there is one, otherwise.',
    ),
  POLL_SCHEDULE: z
    .string()
    .default('0 */5 * * * *')
    .describe('When to look for new records, as a six-field NCRONTAB expression.'),
} as const
