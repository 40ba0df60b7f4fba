/**
 * What no source of the vendor states, decided here and nowhere else. Change a line when the truth is known.
 */
export const POLICY = {
  /** The legacy API demanded a phone or an e-mail; later descriptions only advise it. A contact that can be reached by nothing is refused. */
  contactNeedsAnAddress: true,
  /** Phones are "digits only"; other characters are refused, so that an unformatted number is noticed. */
  phone: /^\d{8,15}$/,
  /** A second contact with the same phone or e-mail is accepted: there is no upsert, and nothing says it is refused. */
  refuseDuplicateContacts: false,
  /** Unknown or deleted placeholders in customFields are refused. */
  refuseUnknownCustomFields: true,
  /** On update, customFields and crmData are merged key by key. */
  mergeOnUpdate: true,
  /** The vendor says names of tags are unique; the status is assumed. */
  duplicateTagStatus: 400,
  /** Lists come newest first. */
  newestFirst: true,
  /** Recipients of leadType 'lead' are the stored contacts with a phone. */
  storedLeadsHavePhone: true,
  /** A campaign whose lead file can't be fetched, or that has no channel, no recipients or nothing to say, ends as failed. */
  failBrokenCampaigns: true,
} as const;
