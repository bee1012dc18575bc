import type { AuditRecord } from '../../model/audit-record.ts'
import { lower } from '../../model/values.ts'
import { directoryApp } from './directory-apps.ts'
import { isGrant } from './mail-grants.ts'

/**
 * Applications seen again and again in mailbox theft; all of them have honest users too. Ids are assigned by
 * Microsoft, so nobody can take one over, and nobody can shed it without a new consent.
 */
const ROGUE_APPS = new Map([
  ['e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd', 'eM Client'],
  ['ff8d92dc-3d82-41d6-bcbd-b9174d163620', 'PerfectData Software'],
  ['a245e8c0-b53c-4b67-9b45-751d1dff8e6b', 'Newsletter Software Supermailer'],
  ['b15665d9-eda6-4092-8539-0eec376afd59', 'rclone'],
  ['a43e5392-f48b-46a4-a0f1-098b5eeb4757', 'CloudSponge'],
])

export function rogueApp(appId: string | undefined): string | undefined {
  return appId === undefined ? undefined : ROGUE_APPS.get(appId)
}

/** An application id in a place of a record that tells what it was doing. */
export interface Sighting {
  readonly appId: string
  readonly measure: 'mail' | 'sign-in' | 'allowed'
}

/** Where a record names one of them: as the client or the API in mail, as what was signed in to or let in. */
export function rogueSighting(record: AuditRecord): Sighting | undefined {
  const { api, app, body, operation } = record
  if (operation === 'UserLoggedIn') return sighting('sign-in', lower(body.ApplicationId))
  if (isGrant(operation) || operation === 'Add service principal')
    return sighting('allowed', directoryApp(body).appId)
  if (record.mailbox === undefined && record.recordType !== 1) return undefined
  return sighting('mail', app) ?? sighting('mail', api)
}

function sighting(measure: Sighting['measure'], appId: string | undefined): Sighting | undefined {
  return appId === undefined || rogueApp(appId) === undefined ? undefined : { appId, measure }
}
