import { Testing } from "cdktf";
import { Construct } from "constructs";
import { EphemeralPasswords } from "../../../constructs/secrets/ephemeral-passwords";
import { interpolated, resolved, synthesise, testStack } from "../../support/testing";

const cut = (offset: number, length: number) =>
  interpolated(`substr(ephemeral.random_password.passwords.result, ${offset}, ${length})`);

test("are cut from one, each from another part of it, whoever takes them", () => {
  const stack = testStack();
  const lengths = [40, 20, 128];
  const passwords = lengths.map((length, index) =>
    EphemeralPasswords.of(new Construct(stack, `below-${index}`)).take(length),
  );

  expect(resolved(stack, passwords)).toEqual([cut(0, 40), cut(40, 20), cut(60, 128)]);
  expect(synthesise(stack).ephemeral).toEqual({ random_password: { passwords: { length: 188, special: false } } });
});

test("are in no state: no resource and no data source makes them", () => {
  const stack = testStack();
  EphemeralPasswords.of(stack).take(40);
  const { resource, data } = synthesise(stack);

  expect([resource, data]).toEqual([undefined, undefined]);
});

test("are each layer's own", () => {
  const app = Testing.app();
  const [lower, upper] = [testStack({ app, layer: "secrets" }), testStack({ app, layer: "platform" })];
  EphemeralPasswords.of(lower).take(40);

  expect(resolved(upper, EphemeralPasswords.of(upper).take(20))).toBe(cut(0, 20));
  expect(synthesise(lower).ephemeral?.random_password?.passwords.length).toBe(40);
});

test("are not made where nobody takes one", () => {
  const stack = testStack();
  EphemeralPasswords.of(stack);

  expect(synthesise(stack).ephemeral).toBeUndefined();
});
