import { describe, expect, it } from 'vitest'
import { grantedRole, isMailScope, permissionName, runsExchange, scopeName } from './permissions.ts'

const GRAPH = '00000003-0000-0000-c000-000000000000'
const role = (value?: string, id?: string, resource: string | undefined = GRAPH) =>
  grantedRole({ value, id, resource })

describe('a scope', () => {
  it.each([
    ['mail.read', true],
    ['mail.readwrite.shared', true],
    ['mail.send.shared', true],
    ['mail.readbasic', true],
    ['mail-advanced.readwrite', true],
    ['mailboxsettings.readwrite', true],
    ['mailboxitem.export', true],
    ['mailboxfolder.read', true],
    ['mailboxconfigitem.readwrite', true],
    ['ews.accessasuser.all', true],
    ['imap.accessasuser.all', true],
    ['pop.accessasuser.all', true],
    ['eas.accessasuser.all', true],
    ['smtp.send', true],
    ['full_access_as_user', true],
    ['mail.read.all.of.it', false],
    ['mail.readonly', false],
    ['amail.read', false],
    ['mailboxsettings.read', false],
    ['mailboxitem.', false],
    ['user.read', false],
    ['offline_access', false],
    ['', false],
  ])('%s reaches mail: %j', (scope, reaches) => {
    expect(isMailScope(scope)).toBe(reaches)
  })

  it('is shown as Microsoft writes it, where it is known', () => {
    expect(['mail.read', 'full_access_as_user', 'offline_access', 'x.y'].map(scopeName)).toEqual([
      'Mail.Read',
      'full_access_as_user',
      'offline_access',
      'x.y',
    ])
  })
})

describe('an application role', () => {
  it.each([
    ['full_access_as_app', undefined, 'full_access_as_app', 'all-mail'],
    [undefined, 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', 'full_access_as_app', 'all-mail'],
    ['', '810C84A8-4A9E-49E6-BF7D-12D183F40D01', 'Mail.Read', 'all-mail'],
    ['MailboxItem.Newer.All', undefined, 'MailboxItem.Newer.All', 'all-mail'],
    ['mail.send', undefined, 'Mail.Send', 'some-mail'],
    ['MailboxFolder.Newer', undefined, 'MailboxFolder.Newer', 'some-mail'],
    ['Exchange.ManageAsApp', undefined, 'Exchange.ManageAsApp', 'manage'],
    [undefined, '06b708a9-e830-4db3-a914-8e69da51d44f', 'AppRoleAssignment.ReadWrite.All', 'power'],
    ['RoleManagement.ReadWrite.CloudPC', undefined, 'RoleManagement.ReadWrite.CloudPC', 'power'],
    ['AuditLogsQuery-OneDrive.Read.All', undefined, 'AuditLogsQuery-OneDrive.Read.All', 'power'],
  ])('%s or %s is %s: %s', (value, id, name, reach) => {
    expect(role(value, id)).toMatchObject({ name, reach })
  })

  it.each(['User.Read.All', 'Mail.ReadAll', 'RoleManagement.Read.Directory', ''])(
    'named %s reaches no mail',
    value => {
      expect(role(value)).toBeUndefined()
    },
  )

  it('by name counts on Microsoft’s APIs, and where the API is not told; by id everywhere', () => {
    expect(
      role('Mail.Read', undefined, 'https://outlook.example;00000002-0000-0FF1-CE00-000000000000'),
    ).toBeDefined()
    expect(grantedRole({ value: 'Mail.Read', id: undefined, resource: undefined })).toBeDefined()
    expect(role('Mail.Read', undefined, '11111111-1111-4111-8111-111111111111')).toBeUndefined()
    expect(
      role('x', '810c84a8-4a9e-49e6-bf7d-12d183f40d01', '11111111-1111-4111-8111-111111111111'),
    ).toBeDefined()
  })
})

describe('an id', () => {
  it('of a permission asked for is named for applications and for users', () => {
    expect(permissionName('E2A3A72E-5F79-4C64-B1B1-878B674786C9')).toBe('Mail.ReadWrite')
    expect(permissionName('3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5')).toBe('EWS.AccessAsUser.All')
    expect(permissionName('e1fe6dd8-ba31-4d61-89e7-88639da4683d')).toBeUndefined()
  })

  it('of a directory role runs Exchange, or does not', () => {
    expect(runsExchange('62E90394-69F5-4237-9190-012177145E10')).toBe(true)
    expect(runsExchange('729827e3-9c14-49f7-bb1b-9608f156bbb8')).toBe(false)
    expect(runsExchange(undefined)).toBe(false)
  })
})
