/** What a person does with a form: fields by their label, buttons by what they say. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 40));

export const text = () => (document.body.textContent ?? '').replace(/\s/g, ' ');

/** The button that says just that, else one that begins so. */
export function button(name: string): HTMLButtonElement {
  const all = [...document.querySelectorAll('button')];
  const said = all.map((each) => (each.textContent ?? '').replace(/\s/g, ' '));
  const exact = said.indexOf(name);
  return all[exact >= 0 ? exact : said.findIndex((one) => one.startsWith(name))]!;
}

export async function press(name: string): Promise<void> {
  button(name).click();
  await settled();
}

export function field<T extends HTMLInputElement | HTMLSelectElement>(label: string): T {
  const found = [...document.querySelectorAll('label')].find((each) =>
    each.textContent?.replace(/\s/g, ' ').includes(label),
  );
  const named = found?.htmlFor ? document.getElementById(found.htmlFor) : null;
  return (named ?? found?.querySelector('input, select')) as T;
}

export async function fill(fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const input = field(label);
    input.value = value;
    input.dispatchEvent(new Event(input.tagName === 'SELECT' ? 'change' : 'input', bubbling));
    await settled();
  }
}

const bubbling = { bubbles: true };
