/** Azure's libraries would look for storage and tenants on this machine behind the proxy that the machine uses. */
export function spareLoopback(): void {
  const { NO_PROXY, no_proxy } = process.env
  process.env.NO_PROXY = [NO_PROXY || no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
}
