import { isLoopback } from '../../model/loopback.ts'
import type { UrlCheck } from '../receiver-url.ts'
import { checkReceiverUrl, refused } from '../receiver-url.ts'

const HOW = 'In the Teams channel: Workflows, "Post to a channel when a webhook request is received".'

/**
 * Checks a Workflows address. Its host has changed once already (`logic.azure.com` to `api.powerplatform.com`), so
 * unknown hosts are taken as they are.
 */
export function checkTeamsUrl(text: string, setting = 'TEAMS_WEBHOOK_URL'): UrlCheck {
  const check = checkReceiverUrl(text, setting)
  if (!check.ok) return check
  const host = check.url.hostname
  if (within(host, 'webhook.office.com') || host === 'outlook.office.com') {
    return refused(
      `${setting} is an Office 365 connector, which Microsoft has retired; make a workflow instead. ${HOW}`,
    )
  }
  if (isLoopback(host)) return check
  const warnings: string[] = []
  if (within(host, 'logic.azure.com')) {
    warnings.push(
      `${setting} is on logic.azure.com, where Microsoft announced the end of these addresses for 30 November 2025; ` +
        'copy the new address from the workflow.',
    )
  }
  if (!check.url.searchParams.has('sig')) {
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
