import { Duration } from "../swarm/duration";

/** Longer than Traefik takes to see that a container is about to end. */
export const DRAIN = Duration.seconds(4);

/**
 * The container's first process. The applications do not end on SIGTERM while they are the first process themselves,
 * and one that ended at once would lose the requests that Traefik still sends.
 */
const SCRIPT = `
drain=$1
shift
told=
trap 'told=yes; sleep "$drain"; kill -TERM "$!" 2>/dev/null || :' TERM
"$@" &
program=$!
# Told before there was a program to tell.
[ -z "$told" ] || kill -TERM "$program"
status=0
wait "$program" || status=$?
# A signal ends the wait, and not the program.
while kill -0 "$program" 2>/dev/null; do
  status=0
  wait "$program" || status=$?
done
# A program that ended while the shell was busy with a signal has not been asked yet; 127: it has.
again=0
wait "$program" || again=$?
[ "$again" = 127 ] || status=$again
exit "$status"
`;

/**
 * Starts a program so that it goes on serving for a while after SIGTERM and is then told to end.
 *
 * @param drain how long it goes on
 * @returns what Swarm is told to run
 */
export function gracefully(
  program: readonly string[],
  drain: Duration,
): { readonly command: readonly string[]; readonly args: readonly string[] } {
  return { command: ["/bin/sh", "-c", SCRIPT, "gracefully"], args: [String(drain.seconds), ...program] };
}
