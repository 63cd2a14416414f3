type Settings = Readonly<Record<string, string | number | boolean>>;

/** The text of an INI file. */
export function iniFile(sections: Readonly<Record<string, Settings>>): string {
  return Object.entries(sections)
    .map(([section, settings]) =>
      [`[${section}]`, ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`), ""].join("\n"),
    )
    .join("\n");
}
