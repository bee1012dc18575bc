import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CLOUDS } from '../../core/feeds/management/clouds.ts'
import { deploy } from './arm/deploy.ts'
import { calls, isExpression, parse } from './arm/parse.ts'
import { CASES, deployed, NAMES, ofType, only, SECRETS, TEXT, template } from './template.ts'

const ROLE = 'Microsoft.Authorization/roleAssignments'
const SECRET = 'Microsoft.KeyVault/vaults/secrets'

/** Every text of the template that is an expression, keys included. */
function expressions(value: unknown): string[] {
  if (typeof value === 'string') return isExpression(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [...expressions(key), ...expressions(inner)])
}
const texts = expressions(template)
const named = (name: string) =>
  texts
    .flatMap(text => [...calls(parse(text))])
    .filter(call => call.name === name)
    .map(({ args: [first] }) => (first?.kind === 'literal' ? String(first.value) : 'not a literal'))

describe('the template', () => {
  test.for(NAMES)('deploys without Azure, every expression evaluated: %s', name => {
    const { resources, outputs } = deployed(name)
    expect(expressions({ resources, outputs })).toEqual([])
    expect(resources.length).toBe({ bare: 17, teams: 20, full: 22 }[name])
    expect(outputs).toMatchObject({
      functionAppName: only(deployed(name), 'Microsoft.Web/sites').name,
      healthUrl: expect.stringMatching(/^https:\/\/.+\/api\/health$/),
    })
  })

  test('declares every parameter and variable it uses, in branches not taken too, and uses each', () => {
    expect(texts.length).toBeGreaterThan(100)
    expect(new Set(named('parameters'))).toEqual(new Set(Object.keys(template.parameters)))
    expect(new Set(named('variables'))).toEqual(new Set(Object.keys(template.variables)))
  })

  test('describes every parameter, and asks for nothing but a mail address', () => {
    for (const { metadata } of Object.values(template.parameters))
      expect(metadata?.description).toMatch(/^[A-Z].{20,}$/)
    const asked = Object.entries(template.parameters).filter(([, one]) => one.defaultValue === undefined)
    expect(asked.map(([name]) => name)).toEqual(['alertEmail'])
  })

  test('offers the clouds that the code knows', () => {
    expect(template.parameters.cloud?.allowedValues).toEqual(Object.keys(CLOUDS))
  })

  test('runs on the Node version that the tests run on, or one that the bundle is made for', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    const { defaultValue, allowedValues } = template.parameters.nodeVersion ?? {}
    expect(manifest.devDependencies.node).toMatch(new RegExp(`^${defaultValue}\\.`))
    const bundle = readFileSync(new URL('../../scripts/bundle.ts', import.meta.url), 'utf8')
    const target = /target: 'node(\d+)'/.exec(bundle)?.[1]
    expect(allowedValues).toEqual([defaultValue, target])
  })

  test('makes names that Azure takes, whatever the app is called', () => {
    for (const appName of ['ab', 'w'.repeat(43)]) {
      const deployment = deploy(template, { ...CASES.full, appName })
      expect(only(deployment, 'Microsoft.Storage/storageAccounts').name).toMatch(/^[a-z0-9]{3,24}$/)
      expect(only(deployment, 'Microsoft.KeyVault/vaults').name).toMatch(/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/)
      expect(only(deployment, 'Microsoft.OperationalInsights/workspaces').name).toMatch(/^[\w-]{4,63}$/)
      expect(only(deployment, 'Microsoft.Web/serverfarms').name).toMatch(/^[\w-]{1,60}$/)
    }
  })

  test('keeps everything in the region that is asked for', () => {
    const places = deployed('full').resources.flatMap(({ location }) => location ?? [])
    expect(new Set(places)).toEqual(new Set(['northeurope', 'Global']))
    expect(only(deployed('full'), 'Microsoft.Insights/actionGroups').location).toBe('Global')
  })
})

describe('security', () => {
  test('storage has no keys, no plain http, no old TLS and nothing public', () => {
    expect(only(deployed('bare'), 'Microsoft.Storage/storageAccounts').properties).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
    })
    expect(
      only(deployed('bare'), 'Microsoft.Storage/storageAccounts/blobServices/containers').properties,
    ).toEqual({ publicAccess: 'None' })
  })

  test('the app speaks https alone, takes no passwords, and is one user-assigned identity', () => {
    const deployment = deployed('full')
    const identity = only(deployment, 'Microsoft.ManagedIdentity/userAssignedIdentities')
    const site = only(deployment, 'Microsoft.Web/sites')
    expect(site.identity).toEqual({ type: 'UserAssigned', userAssignedIdentities: { [identity.id]: {} } })
    expect(site.properties).toMatchObject({
      httpsOnly: true,
      keyVaultReferenceIdentity: identity.id,
      functionAppConfig: {
        deployment: {
          storage: {
            authentication: {
              type: 'UserAssignedIdentity',
              userAssignedIdentityResourceId: identity.id,
            },
          },
        },
      },
      siteConfig: { ftpsState: 'Disabled', minTlsVersion: '1.2', scmMinTlsVersion: '1.2' },
    })
    const policies = ofType(deployment, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies')
    expect(policies.map(({ name, properties }) => [name.split('/')[1], properties])).toEqual([
      ['scm', { allow: false }],
      ['ftp', { allow: false }],
    ])
  })

  /** Built-in roles by their ids, which are the same in every tenant. */
  const ROLES: Readonly<Record<string, string>> = {
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
    '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
    '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  }

  test.for(NAMES)('the identity has five roles at most, each on one resource: %s', name => {
    const deployment = deployed(name)
    const roles = ofType(deployment, ROLE).map(({ id, properties }) => {
      const { principalType, roleDefinitionId } = properties as Record<string, string>
      expect(principalType).toBe('ServicePrincipal')
      const on = deployment.resources.find(one => id.startsWith(`${one.id}/providers/${ROLE}/`))
      return `${ROLES[roleDefinitionId?.split('/').at(-1) ?? '']} on ${on?.type}`
    })
    expect(roles).toEqual([
      'Storage Blob Data Owner on Microsoft.Storage/storageAccounts',
      'Storage Queue Data Contributor on Microsoft.Storage/storageAccounts',
      'Storage Table Data Contributor on Microsoft.Storage/storageAccounts',
      'Monitoring Metrics Publisher on Microsoft.Insights/components',
      ...(name === 'bare' ? [] : ['Key Vault Secrets User on Microsoft.KeyVault/vaults']),
    ])
  })

  test.for(NAMES)('neither app nor settings come before the roles that they need: %s', name => {
    const deployment = deployed(name)
    const before = ['Microsoft.Web/sites', 'Microsoft.Web/sites/config'].flatMap(
      type => only(deployment, type).dependsOn ?? [],
    )
    for (const { id } of ofType(deployment, ROLE)) expect(before).toContain(id)
    const container = only(deployment, 'Microsoft.Storage/storageAccounts/blobServices/containers')
    expect(only(deployment, 'Microsoft.Web/sites').dependsOn).toContain(container.id)
  })

  test('there is a Key Vault only where there is a secret, and it goes by roles', () => {
    expect(ofType(deployed('bare'), 'Microsoft.KeyVault/vaults')).toEqual([])
    expect(ofType(deployed('bare'), SECRET)).toEqual([])
    expect(ofType(deployed('teams'), SECRET).map(({ name }) => name.split('/')[1])).toEqual([
      'teams-webhook-url',
    ])
    expect(only(deployed('teams'), 'Microsoft.KeyVault/vaults').properties).toMatchObject({
      enableRbacAuthorization: true,
      enableSoftDelete: true,
    })
  })

  test('a secret is given as a secure parameter, goes into Key Vault and nowhere else', () => {
    const { resources, outputs } = deployed('full')
    for (const [name, secret] of Object.entries(SECRETS)) {
      expect(template.parameters[name]?.type).toBe('securestring')
      const holders = resources.filter(one => JSON.stringify(one).includes(JSON.stringify(secret)))
      expect(holders.map(({ type }) => type)).toEqual([SECRET])
      expect(JSON.stringify(outputs)).not.toContain(secret)
    }
    expect(TEXT).not.toMatch(/listKeys|AccountKey|listAccountSas|connectionString'/i)
  })

  test('the settings wait for each secret that they refer to, and for the right to read it', () => {
    const settings = only(deployed('full'), 'Microsoft.Web/sites/config')
    const waited = settings.dependsOn?.map(id => id.split('/').at(-1)) ?? []
    const secrets = [...JSON.stringify(settings.properties).matchAll(/\/secrets\/([\w-]+)\)/g)].map(
      ([, name]) => name,
    )
    expect(secrets).toHaveLength(3)
    expect(waited).toEqual(expect.arrayContaining(secrets))
    const right = ofType(deployed('full'), ROLE).find(({ id }) => id.includes('Microsoft.KeyVault'))
    expect(settings.dependsOn).toContain(right?.id)
  })
})

describe('logs', () => {
  test('are capped below the 5 GB a month that are free, and written with the identity', () => {
    const { properties } = only(deployed('bare'), 'Microsoft.OperationalInsights/workspaces')
    const { workspaceCapping } = properties as { workspaceCapping: { dailyQuotaGb: number } }
    expect(workspaceCapping.dailyQuotaGb).toBeGreaterThan(0.023)
    expect(workspaceCapping.dailyQuotaGb * 31).toBeLessThan(5)
    expect(only(deployed('bare'), 'Microsoft.Insights/components').properties).toMatchObject({
      DisableLocalAuth: true,
      WorkspaceResourceId: only(deployed('bare'), 'Microsoft.OperationalInsights/workspaces').id,
    })
  })
})
