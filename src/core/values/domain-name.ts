const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** Whether a text is a domain name in small letters, as certificates have them: parts of at most 63 characters, 253 in all. */
export function isDomainName(text: string): boolean {
  return DOMAIN.test(text);
}

/** Whether a text is a domain name, or `*.` and a domain name. */
export function isDomainPattern(text: string): boolean {
  return text.length <= 253 && isDomainName(text.replace(/^\*\./, ''));
}
