import { APEX } from "../../config/hosts";

/** What begins the public host of each application that has one. */
export const LABELS = { core: "api", web: APEX, "image-generation-frontend": "image-generation" } as const;
