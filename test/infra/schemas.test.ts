import { Ajv } from 'ajv'
import { describe, expect, it, type TestContext } from 'vitest'
import { ALERT_SCHEMAS } from './arm/alert-schemas.ts'
import type { Deployed } from './arm/deploy.ts'
import { type Checker, checker, schemasAreHere } from './arm/schemas.ts'
import { deployed, NAMES, only } from './template.ts'

let made: Checker | undefined

/** Skips the test, and says why, where the schemas are not. */
function checkerFor(ctx: TestContext): Checker {
  if (!schemasAreHere())
    ctx.skip("Microsoft's resource schemas (../shared/data/arm-schemas) are not on this machine")
  made ??= checker()
  return made
}

const key = ({ type, apiVersion }: { type: string; apiVersion: string }) => `${type}@${apiVersion}`

describe('the template against Microsoft’s schemas', () => {
  it.for(NAMES)('has nothing that they refuse or do not know: %s', (name, ctx) => {
    const { knows, problems } = checkerFor(ctx)
    const { resources } = deployed(name)
    const unknown = resources.filter(one => !knows(one)).map(key)
    expect(new Set(unknown)).toEqual(new Set(Object.keys(ALERT_SCHEMAS)))
    const found = resources.filter(knows).map(one => [one.name, problems(one)])
    expect(found.filter(([, wrong]) => wrong?.length)).toEqual([])
  })

  /** A planted fault: where, what, and a word of the complaint. */
  it.for<[type: string, path: string, value: unknown, complaint: RegExp]>([
    ['Microsoft.Storage/storageAccounts', 'properties/allowSharedKeyAcces', false, /Acces is not known/],
    ['Microsoft.Storage/storageAccounts', 'properties/minimumTlsVersion', 'TLS1.2', /./],
    ['Microsoft.Storage/storageAccounts', 'properties/supportsHttpsTrafficOnly', 'true', /./],
    [
      'Microsoft.Storage/storageAccounts',
      'properties/networkAcls/defaultAktion',
      'Deny',
      /Aktion is not known/,
    ],
    ['Microsoft.Storage/storageAccounts', 'kind', 'StorageV3', /./],
    ['Microsoft.Storage/storageAccounts', 'apiVersion', '2025-08-02', /there is no schema/],
    ['Microsoft.Web/sites', 'properties/functionAppConfig/runtime/name', 'nodejs', /./],
    ['Microsoft.Web/sites', 'properties/functionAppConfig/runtime/versoin', '24', /versoin is not known/],
    ['Microsoft.Web/sites', 'properties/functionAppConfig/deployment/storage/type', 'blob', /./],
    ['Microsoft.Web/sites', 'properties/siteConfig/minTlsVersion', '1.4', /./],
    ['Microsoft.Web/sites', 'identity/userAssignedIdentity', {}, /userAssignedIdentity is not known/],
    ['Microsoft.Web/sites/config', 'properties/POLL_SCHEDULE', 5, /./],
    ['Microsoft.Web/serverfarms', 'sku/naem', 'FC1', /naem is not known/],
    [
      'Microsoft.OperationalInsights/workspaces',
      'properties/workspaceCapping/dailyQuotaGB',
      1,
      /GB is not known/,
    ],
    ['Microsoft.Insights/components', 'properties/Application_Type', 'node', /./],
    ['Microsoft.KeyVault/vaults', 'properties/enableRbacAuthorisation', true, /isation is not known/],
    ['Microsoft.ManagedIdentity/userAssignedIdentities', 'propertys', {}, /propertys is not known/],
  ])('would be found out with %s %s = %j', ([type, path, value, complaint], ctx) => {
    const { problems } = checkerFor(ctx)
    const planted = structuredClone(only(deployed('full'), type)) as Deployed & Record<string, unknown>
    expect(problems(planted)).toEqual([])
    plant(planted, path, value)
    expect(problems(planted).join('\n')).toMatch(complaint)
  })
})

describe('the alert', () => {
  const ajv = new Ajv({ strict: false })
  const wrong = (resource: Deployed) => {
    const { id: _, type: __, apiVersion: ___, dependsOn: ____, ...sent } = resource
    const schema = ALERT_SCHEMAS[key(resource)]
    expect(schema).toBeDefined()
    return ajv.validate(schema ?? {}, sent) ? [] : ajv.errors
  }
  const TYPES = ['Microsoft.Insights/actionGroups', 'Microsoft.Insights/scheduledQueryRules']

  it.for(NAMES)('has the properties of its API version and no others: %s', name => {
    for (const type of TYPES) expect(wrong(only(deployed(name), type))).toEqual([])
  })

  it.for<[type: string, path: string, value: unknown]>([
    ['Microsoft.Insights/scheduledQueryRules', 'properties/criteria/allOf/0/operator', 'Below'],
    ['Microsoft.Insights/scheduledQueryRules', 'properties/windowsize', 'PT1H'],
    ['Microsoft.Insights/scheduledQueryRules', 'properties/windowSize', '1 hour'],
    ['Microsoft.Insights/actionGroups', 'properties/groupShortName', 'longer than twelve'],
  ])('would be found out with %s %s = %j', ([type, path, value]) => {
    const planted = structuredClone(only(deployed('bare'), type)) as Deployed & Record<string, unknown>
    plant(planted, path, value)
    expect(wrong(planted)).not.toEqual([])
  })
})

function plant(into: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('/')
  const last = steps.pop() ?? ''
  const place = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, into)
  place[last] = value
}
