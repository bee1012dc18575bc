import { failureOf, toStoreError } from './errors.ts'

/** Asks the service for something; errors come out as StoreError and name the table and the activity. */
export async function asking<T>(where: string, doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw toStoreError(error, where, doing, 'Storage Table Data Contributor')
  }
}

/** A table on its way out answers either way, depending on how far the service has got. */
export function isNoTable(error: unknown): boolean {
  const code = failureOf(error)?.code
  return code === 'TableNotFound' || code === 'TableBeingDeleted'
}

export function isMissing(error: unknown): boolean {
  return failureOf(error)?.status === 404
}

/** 409 of an insert, 412 of a replace. A table that is being deleted is a 409 too, and no lost race. */
export function isLostRace(error: unknown): boolean {
  const failure = failureOf(error)
  return (failure?.status === 409 || failure?.status === 412) && failure.code !== 'TableBeingDeleted'
}
