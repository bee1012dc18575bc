import { isLoopback } from '../../model/loopback.ts'
import type { UrlCheck } from '../receiver-url.ts'
import { checkReceiverUrl, refused } from '../receiver-url.ts'

const HOW = 'In the Teams channel: Workflows, "Post to a channel when a webhook request is received".'

/** What is doubtful about a Teams address, by its form alone. */
export type TeamsDoubt = 'teams-retired' | 'teams-old-address' | 'teams-signed-in'

export function teamsDoubts({ hostname, searchParams }: URL): TeamsDoubt[] {
  if (within(hostname, 'webhook.office.com') || hostname === 'outlook.office.com') return ['teams-retired']
  if (isLoopback(hostname)) return []
  return [
    ...(within(hostname, 'logic.azure.com') ? (['teams-old-address'] as const) : []),
    ...(searchParams.has('sig') ? [] : (['teams-signed-in'] as const)),
  ]
}

/**
 * Checks a Workflows address. Its host has changed once already (`logic.azure.com` to `api.powerplatform.com`), so
 * unknown hosts are taken as they are.
 */
export function checkTeamsUrl(text: string, setting = 'TEAMS_WEBHOOK_URL'): UrlCheck {
  const check = checkReceiverUrl(text, setting)
  if (!check.ok) return check
  const doubts = teamsDoubts(check.url)
  if (doubts.includes('teams-retired')) {
    return refused(
      `${setting} is an Office 365 connector, which Microsoft has retired; make a workflow instead. ${HOW}`,
    )
  }
  const warnings: string[] = []
  if (doubts.includes('teams-old-address')) {
    warnings.push(
      `${setting} is on logic.azure.com, where Microsoft announced the end of these addresses for 30 November 2025; ` +
        'copy the new address from the workflow.',
    )
  }
  if (doubts.includes('teams-signed-in')) {
    warnings.push(
      `${setting} has no "sig" part, so its workflow expects a signed-in sender; set the trigger's "Who can trigger ` +
        'the flow" to Anyone and copy the whole address again.',
    )
  }
  return { ...check, warnings }
}

function within(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
