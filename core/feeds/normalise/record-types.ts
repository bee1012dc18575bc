/** Exports spell the record type as a name; the API sends the number. Only types the detections ask for. */
export const RECORD_TYPES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    exchangeadmin: 1,
    exchangeitem: 2,
    exchangeitemgroup: 3,
    sharepoint: 4,
    sharepointfileoperation: 6,
    azureactivedirectory: 8,
    azureactivedirectorystslogon: 15,
    securitycompliancecentereopcmdlet: 18,
    exchangeaggregatedoperation: 19,
    discovery: 24,
    aed: 31,
    securitycompliancealerts: 40,
    exchangeitemaggregated: 50,
    securitycompliancerbac: 87,
  }),
)
