import type { Certificate } from "./asking";

/** Whoever renews a certificate does it earlier than that: it was not renewed. */
const LEAST_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** How many whole days a certificate is still good for; less than 0 where it ended. */
export function daysLeft({ expires }: Certificate): number {
  return Math.floor((expires.getTime() - Date.now()) / DAY);
}

/** What is wrong with the certificate that a host shows, each as a sentence about the host; nothing where it is well. */
export function certificateProblems(certificate: Certificate): readonly string[] {
  const { refusal } = certificate;
  const days = daysLeft(certificate);
  return [
    ...(refusal === undefined ? [] : [`its certificate is another's: ${refusal}`]),
    ...(days >= LEAST_DAYS ? [] : [`its certificate ${endOf(days)}, and should have been renewed`]),
  ];
}

function endOf(days: number): string {
  return days < 0 ? `ended ${-days} days ago` : `ends in ${days} days`;
}
