import type { AlertCase, FigureCase } from "../alert-case";
import { dataCases } from "./data";
import { ingressCases } from "./ingress";
import { nodeCases } from "./nodes";
import { objectiveCases, objectiveFigures } from "./objectives";
import { observabilityCases } from "./observability";
import { serviceCases, serviceFigures } from "./services";

/** Every case of an alert. */
export const alertCases: readonly AlertCase[] = [
  ...serviceCases,
  ...ingressCases,
  ...objectiveCases,
  ...nodeCases,
  ...dataCases,
  ...observabilityCases,
];

/** Every case of figures that rules record. */
export const figureCases: readonly FigureCase[] = [...serviceFigures, ...objectiveFigures];
