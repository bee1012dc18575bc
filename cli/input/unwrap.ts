import { textTooDeep, valueTooDeep } from '../../core/json/depth.ts'
import type { Raw } from './types.ts'

/** Exports that keep the record under another key: Splunk's and Panther's samples, Microsoft's documentation. */
const WRAPPERS = ['record', 'sample']
/** Pages of records: Graph and the Management API's proxies say `value`, Azure diagnostics `records`. */
const LISTS = ['value', 'records']

// JSON.parse itself survives any depth (it keeps no stack), but builds it: 16 million brackets took 1.1 GB.
const LOOK_BEFORE_PARSING = 64 * 1024

/** JSON text to records or a rejection, appended to `out`. */
export function takeText(text: string, where: string, out: Raw[]): void {
  if (text.length > LOOK_BEFORE_PARSING && textTooDeep(text)) {
    out.push({ rejected: 'too-deep', where })
    return
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    out.push({ rejected: 'malformed-json', where })
    return
  }
  if (valueTooDeep(value)) out.push({ rejected: 'too-deep', where })
  else takeValue(value, where, out)
}

/**
 * A parsed value to records: wrappers are taken off, pages taken apart. Depth must have been checked: it bounds
 * the recursion. Own properties only, so neither a `__proto__` key nor a polluted prototype can steer it.
 */
export function takeValue(value: unknown, where: string, out: Raw[]): void {
  if (!isObject(value)) {
    out.push({ rejected: 'not-an-object', where })
    return
  }
  // First: an export row has Operation and CreationDate of its own beside AuditData.
  if (Object.hasOwn(value, 'AuditData')) {
    takeAuditData(value.AuditData, where, out)
    return
  }
  if (looksLikeRecord(value)) {
    out.push({ record: value, where })
    return
  }
  if (Object.hasOwn(value, 'auditData')) {
    takeAuditData(value.auditData, where, out)
    return
  }
  for (const key of WRAPPERS) {
    const inner = Object.hasOwn(value, key) ? value[key] : undefined
    if (isObject(inner)) {
      takeValue(inner, where, out)
      return
    }
  }
  for (const key of LISTS) {
    const list = Object.hasOwn(value, key) ? value[key] : undefined
    if (Array.isArray(list)) {
      for (const [index, item] of list.entries()) takeValue(item, `${where} ${key} ${index + 1}`, out)
      return
    }
  }
  out.push({ record: value, where })
}

/** The content of an AuditData column or property: JSON text, an object, or nothing at all. */
export function takeAuditData(data: unknown, where: string, out: Raw[]): void {
  if (data === undefined || data === null || (typeof data === 'string' && data.trim() === '')) {
    out.push({ rejected: 'empty-audit-data', where })
  } else if (typeof data === 'string') takeText(data, where, out)
  else if (isObject(data) && Object.keys(data).length === 0) out.push({ rejected: 'empty-audit-data', where })
  else takeValue(data, where, out)
}

/** Whether the array under this key of a top-level object is a page of records. */
export function isPage(key: unknown, holder: unknown): boolean {
  return typeof key === 'string' && LISTS.includes(key) && !(isObject(holder) && looksLikeRecord(holder))
}

/** Whether a value is a page: its elements are then read one by one, and fail one by one. */
export function looksLikePage(value: unknown): boolean {
  return (
    isObject(value) &&
    LISTS.some(key => isPage(key, value) && Object.hasOwn(value, key) && Array.isArray(value[key]))
  )
}

function looksLikeRecord(value: Record<string, unknown>): boolean {
  return Object.hasOwn(value, 'CreationTime') || Object.hasOwn(value, 'Operation')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
