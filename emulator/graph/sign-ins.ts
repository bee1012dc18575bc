import { makeRandom } from '../random.ts'
import type { GraphEntry } from './entries.ts'

/** What is made of a sign-in of an application by itself, of which the Management API has no record. */
export interface ApplicationSignIn {
  /** Tenant clock, milliseconds. */
  readonly at: number
  readonly app: { readonly appId: string; readonly principal: string; readonly name: string }
  readonly resource: string
  readonly ip: string
  /** Number of the autonomous system the address is in. */
  readonly asn: number
  /** The secret it proved itself with, by id; or the trust in another provider of identities. */
  readonly secret?: string
  readonly federated?: string
  readonly managed?: boolean
  readonly error?: number
}

const LISTED_AFTER = 4 * 60_000

/** An entry of the beta's `signIns`, there for who asks for this type alone. */
export function applicationSignIn(given: ApplicationSignIn): GraphEntry {
  const { at, app, asn, error = 0, federated, ip, managed = false, resource, secret } = given
  const random = makeRandom(`application sign-in ${JSON.stringify(given)}`)
  return {
    log: 'signIns',
    availableAt: at + LISTED_AFTER,
    entry: {
      id: random.guid(),
      createdDateTime: `${new Date(at).toISOString().slice(0, 19)}.${String(random.int(0, 9_999_999)).padStart(7, '0')}Z`,
      userPrincipalName: '',
      userId: '',
      appId: app.appId,
      appDisplayName: app.name,
      servicePrincipalId: app.principal,
      servicePrincipalName: app.name,
      servicePrincipalCredentialKeyId: secret ?? null,
      federatedCredentialId: federated ?? null,
      clientCredentialType:
        federated !== undefined
          ? 'federatedIdentityCredential'
          : managed
            ? 'managedIdentity'
            : 'clientSecret',
      ipAddress: ip,
      autonomousSystemNumber: asn,
      correlationId: random.guid(),
      isInteractive: false,
      resourceId: resource,
      resourceDisplayName: null,
      signInEventTypes: [managed ? 'managedIdentity' : 'servicePrincipal'],
      status: {
        errorCode: error,
        failureReason: error === 0 ? 'Other.' : 'Invalid client secret provided.',
        additionalDetails: null,
      },
      location: { city: null, state: null, countryOrRegion: null, geoCoordinates: {} },
    },
  }
}

/** The entry as it is published again with more in it, which then stands in place of the first. */
export function publishedAgain(
  { log, entry }: GraphEntry,
  availableAt: number,
  more: Readonly<Record<string, unknown>>,
): GraphEntry {
  return { log, entry: { ...entry, ...more }, availableAt }
}
