import { jsonReply, type Reply } from './http.ts'
import type { Settings } from './options.ts'

const CLOUDS = {
  worldwide: { tenant_region_scope: 'EU', cloud_instance_name: 'microsoftonline.com' },
  gcc: {
    tenant_region_scope: 'NA',
    tenant_region_sub_scope: 'GCC',
    cloud_instance_name: 'microsoftonline.com',
  },
  'gcc-high': {
    tenant_region_scope: 'USGov',
    tenant_region_sub_scope: 'DODCON',
    cloud_instance_name: 'microsoftonline.us',
  },
  dod: {
    tenant_region_scope: 'USGov',
    tenant_region_sub_scope: 'DOD',
    cloud_instance_name: 'microsoftonline.us',
  },
}

/** `GET /{tenant}/v2.0/.well-known/openid-configuration`: anybody may ask, and it tells where the tenant lives. */
export function signInDocument(path: string, { cloud, tenantId }: Settings): Reply {
  if (cloud === 'absent' || path.split('/')[1] !== tenantId) {
    const error_description = `AADSTS90002: Tenant '${path.split('/')[1]}' not found.`
    return jsonReply(400, { error: 'invalid_tenant', error_description })
  }
  return jsonReply(200, { issuer: `https://login.example/${tenantId}/v2.0`, ...CLOUDS[cloud] })
}
