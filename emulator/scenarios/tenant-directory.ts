import type { Directory } from '../graph/directory.ts'
import { makeRandom } from '../random.ts'
import type { Firm } from './firm.ts'

const GRAPH = '00000003-0000-0000-c000-000000000000'
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01'
const FULL_ACCESS = 'dc890d15-9560-4a4c-9b7f-a736ec74ec40'

/** What the directory says of the firm: its domains, people, a contact, and applications that hold rights on mail. */
export function directoryOf(firm: Firm): Directory {
  const random = makeRandom(`directory of ${firm.tenantId}`)
  const principal = (appId: string, displayName: string, owner: string, publisher?: string) => ({
    id: random.guid(),
    appId,
    displayName,
    appOwnerOrganizationId: owner,
    verifiedPublisher: {
      displayName: publisher ?? null,
      verifiedPublisherId: publisher === undefined ? null : '4719230',
    },
    appRoles: [] as { id: string; value: string }[],
  })
  const graph = {
    ...principal(GRAPH, 'Microsoft Graph', MICROSOFT),
    appRoles: [{ id: MAIL_READ, value: 'Mail.Read' }],
  }
  const exchange = {
    ...principal(EXCHANGE, 'Office 365 Exchange Online', MICROSOFT),
    appRoles: [{ id: FULL_ACCESS, value: 'full_access_as_app' }],
  }
  const services = firm.serviceAccounts.map(({ appId, name }) =>
    principal(appId, name, random.guid(), 'Larder Software Ltd'),
  )
  const add = principal(random.guid(), 'Signature add-in', random.guid())
  return {
    domains: firm.domains.map((id, n) => ({
      id,
      isVerified: true,
      isDefault: n === 0,
      isInitial: /onmicrosoft/.test(id),
    })),
    users: [
      ...firm.people.map(({ objectId, name, upn }) => ({
        id: objectId,
        displayName: name,
        userPrincipalName: upn,
        mail: upn,
      })),
      ...firm.sharedMailboxes.map(({ mailboxGuid, name, upn }) => ({
        id: mailboxGuid,
        displayName: name,
        userPrincipalName: upn,
        mail: upn,
      })),
    ],
    contacts: [
      {
        id: random.guid(),
        displayName: 'Harbourline Haulage',
        mail: 'bookings@harbourline.example',
        mailNickname: 'haulage',
        proxyAddresses: ['SMTP:bookings@harbourline.example'],
      },
    ],
    servicePrincipals: [graph, exchange, ...services, add],
    appRoleAssignments: services.map(({ id, displayName }) => ({
      id: random.hex(43),
      principalId: id,
      principalType: 'ServicePrincipal',
      principalDisplayName: displayName,
      resourceId: graph.id,
      appRoleId: MAIL_READ,
      createdDateTime: '2025-03-04T10:11:12.1234567Z',
    })),
    oauth2PermissionGrants: [
      {
        id: random.hex(43),
        clientId: add.id,
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: graph.id,
        scope: 'openid Mail.ReadWrite User.Read',
      },
    ],
  }
}
