/** Ways to reach a person, by which a consent may be given and taken back. */
export const channels = ['EMAIL', 'PHONE', 'POST', 'APP', 'WEB', 'CHAT', 'IN_PERSON', 'SOCIAL', 'OTHER'] as const;
export type Channel = (typeof channels)[number];
