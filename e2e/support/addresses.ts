import { createSocket } from "node:dgram";

/** An address that is nobody's (RFC 5737). */
const SOMEWHERE_ELSE = "203.0.113.1";

/** The address of this machine by which others would reach it: the one it would itself send from. */
export function outsideAddress(): Promise<string> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    // Connecting chooses a route and sends nothing.
    socket.connect(9, SOMEWHERE_ELSE, () => {
      resolve(socket.address().address);
      socket.close();
    });
  });
}
