import * as z from 'zod'
import { checkReceiverUrl } from './receiver-url.ts'
import { checkTeamsUrl } from './teams/url.ts'
import { secretProblem, splitSecrets } from './webhook/secret.ts'

/** The checks name the setting themselves; the reader puts the name in front again. */
function withoutName(problem: string, name: string): string {
  return problem.startsWith(`${name} `) ? problem.slice(name.length + 1) : problem
}

export const sinkSettings = {
  TEAMS_WEBHOOK_URL: z
    .string()
    .superRefine((value, context) => {
      const check = checkTeamsUrl(value)
      if (!check.ok) context.addIssue(withoutName(check.problem, 'TEAMS_WEBHOOK_URL'))
    })
    .optional()
    .describe('Address of the Teams workflow that posts cards. Secret: whoever has it can post.'),
  WEBHOOK_URL: z
    .string()
    .superRefine((value, context) => {
      const check = checkReceiverUrl(value, 'WEBHOOK_URL')
      if (!check.ok) context.addIssue(withoutName(check.problem, 'WEBHOOK_URL'))
    })
    .optional()
    .describe('Address that receives every alert as JSON (Standard Webhooks).'),
  WEBHOOK_SECRET: z
    .string()
    .superRefine((value, context) => {
      for (const secret of splitSecrets(value)) {
        const problem = secretProblem(secret)
        if (problem !== undefined) context.addIssue(withoutName(problem, 'WEBHOOK_SECRET'))
      }
    })
    .optional()
    .describe('Signs the webhook: whsec_ and 24 to 64 bytes in base64. Secret.'),
} as const
