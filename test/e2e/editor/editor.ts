/**
 * n8n's editor in Chromium, as a person uses it: search a node in the panel, pick an action, fill in fields, run,
 * read the output. The test ids are those of the n8n pinned in test/n8n.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import type { Owner } from '../client';

/** Where screenshots are kept; git-ignored. */
export const screenshotFolder = resolve(__dirname, '../../../artifacts/screenshots');

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No page reaches anything but this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** What a person has done with mouse and keys since the count began. */
export class Effort {
  /** Mouse clicks; a double click is two. */
  clicks = 0;
  /** Values dragged from the input panel onto a field. */
  drags = 0;
  /** Keys that are no text, e.g. Tab; a shortcut is one. */
  keys = 0;
  /** Each text that was typed, as a whole. */
  readonly typed: string[] = [];

  get characters(): number {
    return this.typed.reduce((sum, text) => sum + [...text].length, 0);
  }
}

/** What the output panel's table shows. */
export interface OutputTable {
  columns: string[];
  rows: Array<Record<string, string>>;
}

const byTestId = (id: string) => `[data-test-id="${id}"]`;

/** One browser window with the editor of one n8n, signed in. */
export class Editor {
  /** Requests the pages made to anywhere but n8n; none gets through. */
  readonly outsideRequests: string[] = [];
  /** Uncaught errors of the pages. */
  readonly pageErrors: string[] = [];
  private effort = new Effort();

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    private readonly url: string,
  ) {}

  /** Opens Chromium and signs in through the sign-in page. */
  static async open({ url, owner }: { url: string; owner: Owner }): Promise<Editor> {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: chromiumFlags });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: 'America/Sao_Paulo', reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const editor = new Editor(browser, page, url);
      page.on('pageerror', (error) => editor.pageErrors.push(error.message));
      page.on('request', (request) => {
        if (request.url().startsWith('http') && !request.url().startsWith(url)) editor.outsideRequests.push(request.url());
      });
      await editor.dismissInterruptions();
      await editor.signIn(owner);
      return editor;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  private async signIn(owner: Owner): Promise<void> {
    await this.page.goto(`${this.url}/signin`);
    await this.page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
    await this.page.locator('input[type="password"]').fill(owner.password);
    await this.page.keyboard.press('Enter');
    await this.page.waitForURL((address) => !address.pathname.startsWith('/signin'));
  }

  /** Surveys and news that n8n may put over the page are closed whenever they are in the way. */
  private async dismissInterruptions(): Promise<void> {
    const { page } = this;
    for (const id of ['nps-survey-modal', 'version-updates-panel', 'personalization-form', 'whats-new-modal']) {
      const panel = page.locator(`${byTestId(id)}:visible`);
      await page.addLocatorHandler(panel, async () => {
        const close = panel.locator('.el-drawer__close-btn, .el-dialog__headerbtn, [aria-label="Close"], [data-test-id="personalization-submit"]');
        if ((await close.count()) > 0) await close.first().click();
        else await page.keyboard.press('Escape');
      });
    }
  }

  // -- Mouse and keys

  /** Counts from zero from here on; gives the count, which goes on. */
  startCounting(): Effort {
    this.effort = new Effort();
    return this.effort;
  }

  private async click(target: Locator): Promise<void> {
    await target.click();
    this.effort.clicks += 1;
  }

  private async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
    this.effort.keys += 1;
  }

  /** Types where the cursor is. Text comes in as from a keyboard without the editor's own closing brackets. */
  private async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
    this.effort.typed.push(text);
  }

  // -- Workflows

  async newWorkflow(): Promise<void> {
    await this.page.goto(`${this.url}/workflow/new`);
    await this.page.locator(byTestId('canvas-plus-button')).waitFor();
  }

  async openWorkflow(id: string): Promise<void> {
    await this.page.goto(`${this.url}/workflow/${id}`);
    await this.page.locator(byTestId('canvas-node')).first().waitFor();
  }

  /** Saves a picture of the window as artifacts/screenshots/<name>.png and gives its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshotFolder, { recursive: true });
    const path = join(screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Shows the whole workflow on the canvas. */
  async zoomToFit(): Promise<void> {
    await this.click(this.page.locator(byTestId('zoom-to-fit')));
  }

  /**
   * "Execute workflow"; waits until n8n says how it went, and gives its words.
   *
   * @param trigger the trigger to start from, with the button beside it
   */
  async runWorkflow(trigger?: string): Promise<string> {
    await this.closeToasts();
    if (trigger === undefined) await this.click(this.page.locator(byTestId('execute-workflow-button')));
    else {
      await this.page.locator(`${byTestId('canvas-node')}[data-node-name="${trigger}"]`).hover();
      await this.click(this.page.locator(byTestId(`execute-workflow-button-${trigger}`)));
    }
    const toast = this.toast(/executed successfully|problem|failed|error/i);
    await toast.waitFor({ timeout: 60_000 });
    return (await toast.innerText()).replace(/\s+/g, ' ').trim();
  }

  // -- Nodes panel

  private get panel(): Locator {
    return this.page.locator(byTestId('node-creator'));
  }

  /** Opens the nodes panel and searches; gives the names it lists, best first. */
  async searchNodes(text: string): Promise<string[]> {
    const search = this.page.locator(byTestId('node-creator-search-bar'));
    if (!(await search.isVisible())) {
      const first = this.page.locator(byTestId('canvas-plus-button'));
      await this.click((await first.isVisible()) ? first : this.page.locator(byTestId('node-creator-plus-button')));
    }
    // The cursor stands in the search when the panel opens.
    await search.fill(text);
    this.effort.typed.push(text);
    return await this.settled(async () => await this.panel.locator(byTestId('node-creator-item-name')).allInnerTexts());
  }

  /**
   * Adds a node from the nodes panel and opens it.
   *
   * @param search what is typed into the panel's search
   * @param name the node's name as listed
   * @param action for nodes with actions, its name as listed, e.g. "Create contact"
   */
  async addNode(search: string, name: string, action?: string, group: 'Actions' | 'Triggers' = 'Actions'): Promise<void> {
    await this.searchNodes(search);
    await this.click(this.panelEntry(name));
    if (action === undefined) return;
    await this.openGroup(group);
    await this.click(this.panelEntry(action));
    await this.page.locator(byTestId('ndv')).waitFor();
    // n8n gives the node its credential a moment after it has opened it.
    await this.settled(async () => await this.fieldLabels());
  }

  /** The actions (or triggers) the panel lists for a node; the panel stays open. */
  async actionsOf(search: string, name: string, group: 'Actions' | 'Triggers' = 'Actions'): Promise<string[]> {
    await this.searchNodes(search);
    await this.click(this.panelEntry(name));
    return await this.openGroup(group);
  }

  /** Lists are filled and filtered a moment after what asks for it: reads one until it stays the same for half a second. */
  private async settled(read: () => Promise<string[]>): Promise<string[]> {
    let last = await read();
    for (let same = 0; same < 5; ) {
      await this.page.waitForTimeout(100);
      const now = await read();
      same = now.join('\n') === last.join('\n') ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  private panelEntry(name: string): Locator {
    return this.panel.locator(byTestId('item-iterator-item')).locator(byTestId('node-creator-item-name')).getByText(name, { exact: true }).first();
  }

  /** A node's panel has its actions and its triggers in two groups, of which one is shut. Gives the group's entries. */
  private async openGroup(group: string): Promise<string[]> {
    const heading = this.panel.locator(`${byTestId('node-creator-category-item')}[data-keyboard-nav-id="${group}"]`);
    await heading.waitFor();
    const entries = async () =>
      await this.panel.locator(`${byTestId('node-creator-category-item')}, ${byTestId('item-iterator-item')} ${byTestId('node-creator-item-name')}`).evaluateAll((elements, wanted) => {
        const names: string[] = [];
        let inside = false;
        for (const element of elements) {
          if (element.getAttribute('data-test-id') === 'node-creator-category-item') inside = element.getAttribute('data-keyboard-nav-id') === wanted;
          else if (inside) names.push((element as HTMLElement).innerText.trim());
        }
        return names;
      }, group);
    if ((await this.settled(entries)).length === 0) await this.click(heading);
    return await this.settled(entries);
  }

  // -- Canvas

  /** The names of the nodes on the canvas. */
  async nodeNames(): Promise<string[]> {
    return await this.page.locator(byTestId('canvas-node')).evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''));
  }

  async openNode(name: string): Promise<void> {
    await this.page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`).dblclick();
    this.effort.clicks += 2;
    await this.page.locator(byTestId('ndv')).waitFor();
  }

  // -- The open node

  private get fields(): Locator {
    return this.page.locator(byTestId('node-parameters'));
  }

  private field(parameter: string, index: number): Locator {
    return this.fields.locator(byTestId(`parameter-input-${parameter}`)).nth(index);
  }

  async closeNode(): Promise<void> {
    await this.click(this.page.locator(byTestId('ndv-close-button')));
    await this.page.locator(byTestId('ndv')).waitFor({ state: 'hidden' });
  }

  /** The labels of the fields that are shown, in order. */
  async fieldLabels(): Promise<string[]> {
    const labels = await this.fields.locator(byTestId('input-label')).allInnerTexts();
    return labels.map((label) => label.split('\n')[0]?.trim() ?? '').filter((label) => label !== '');
  }

  /** Chooses a stored credential by name. */
  async chooseCredential(name: string): Promise<void> {
    await this.click(this.page.locator(byTestId('node-credentials-select')).first());
    await this.click(this.page.locator('[data-test-id^="node-credentials-select-item"]:visible').filter({ hasText: name }).first());
  }

  /**
   * Makes a credential in the credential window, as a newcomer does, and gives what the window says of it.
   *
   * @param values by field name; texts are typed, `{ option }` is chosen from a list
   */
  async createCredential(values: Record<string, string | { option: string }>): Promise<{ ok: boolean; message: string }> {
    const { page } = this;
    await page.locator(byTestId('node-credentials-select')).first().click();
    await page.locator(`${byTestId('node-credentials-select-item-new')}:visible`).click();
    await page.locator(byTestId('credential-edit-dialog')).waitFor();
    return await this.fillCredential(values);
  }

  /**
   * Fills in the open credential window, saves, and gives the result of the live test. After a good one the window is
   * shut, after a bad one it stays open.
   */
  async fillCredential(values: Record<string, string | { option: string }>): Promise<{ ok: boolean; message: string }> {
    const { page } = this;
    const dialog = page.locator(byTestId('credential-edit-dialog'));
    // n8n may still be putting the window together.
    const fields = dialog.locator('[data-test-id^="parameter-input-"]');
    await fields.first().waitFor();
    await this.settled(async () => await fields.evaluateAll((all) => all.map((one) => one.getAttribute('data-test-id') ?? '')));
    for (const [name, value] of Object.entries(values)) {
      const field = dialog.locator(byTestId(`parameter-input-${name}`));
      if (typeof value === 'string') await field.locator('input, textarea').first().fill(value);
      else await this.pick(field, value.option);
    }
    const tested = page.waitForResponse((answer) => answer.url().endsWith('/rest/credentials/test'));
    await page.locator(byTestId('credential-save-button')).locator('button').click();
    const { data } = (await (await tested).json()) as { data: { status: string; message: string } };
    if (data.status === 'OK') {
      // The window closes by itself.
      await dialog.waitFor({ state: 'hidden' });
      return { ok: true, message: data.message };
    }
    const banner = dialog.locator('.el-tag--danger:visible').first();
    await banner.getByText('More details').click();
    return { ok: false, message: (await banner.innerText()).replace(/\s+/g, ' ').trim() };
  }

  async closeCredential(): Promise<void> {
    const dialog = this.page.locator(byTestId('editCredential-modal'));
    await dialog.locator('.el-dialog__headerbtn, [data-test-id="close-credential-modal"]').first().click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Types into a text, number or date field. `index` counts fields of the same name, e.g. in rows. */
  async fill(parameter: string, text: string, index = 0): Promise<void> {
    const field = this.field(parameter, index);
    const code = field.locator('.cm-content');
    if ((await code.count()) > 0) {
      await this.click(code);
      if ((await code.innerText()).trim() !== '') await this.press('Control+a');
      await this.type(text);
    } else {
      const input = field.locator('input, textarea').first();
      await this.click(input);
      if ((await input.inputValue()) !== '') await this.press('Control+a');
      await this.type(text);
      // Dates and numbers are taken over when the field is left.
      await this.press('Tab');
    }
  }

  /** Turns a field into an expression and types it, e.g. `{{ $json.name }}`. */
  async fillExpression(parameter: string, expression: string, index = 0): Promise<void> {
    const container = this.fields.locator(`${byTestId(`${parameter}-parameter-input-options-container`)}`).nth(index);
    await container.locator('xpath=ancestor::*[@data-test-id="parameter-item" or @data-test-id="input-label"][1]').hover();
    await this.click(container.locator(byTestId('radio-button-expression')));
    const code = this.field(parameter, index).locator('.cm-content');
    await this.click(code);
    await this.press('Control+a');
    await this.type(expression);
    await this.leaveExpression();
  }

  /** An expression that is open shows its result over the fields below, until a click elsewhere. */
  private async leaveExpression(): Promise<void> {
    await this.page.waitForTimeout(300);
    await this.click(this.page.locator(byTestId('tab-params')));
  }

  /** Chooses an entry of a drop-down list. */
  async selectOption(parameter: string, option: string, index = 0): Promise<void> {
    await this.pick(this.field(parameter, index), option);
  }

  /** The entries of a drop-down list. */
  async optionsOf(parameter: string, index = 0): Promise<string[]> {
    const field = this.field(parameter, index);
    await this.click(field);
    const entries = this.openList();
    const deadline = Date.now() + 20_000;
    for (;;) {
      const isOpen = await entries.first().waitFor({ timeout: 2500 }).then(() => true, () => false);
      const names = isOpen ? await entries.locator('.option-headline').allInnerTexts() : [];
      if (names.length > 0) {
        await this.press('Escape');
        return names.map((name) => name.trim());
      }
      if (Date.now() > deadline) throw new Error(`The list of "${parameter}" stays empty`);
      // It shuts when its entries arrive.
      await field.click();
    }
  }

  private openList(): Locator {
    // Lists that take several entries name them by class only.
    return this.page.locator(`${byTestId('parameter-input-item')}:visible, .el-select-dropdown__item:visible`);
  }

  /** Opens a list and clicks entries. One that the node fills shuts again when its entries arrive, and is opened anew. */
  private async pick(field: Locator, ...options: string[]): Promise<void> {
    await this.click(field);
    for (const option of options) {
      const entry = this.openList().locator('.option-headline').getByText(option, { exact: true });
      const deadline = Date.now() + 20_000;
      while (!(await entry.click({ timeout: 2500 }).then(() => true, () => false))) {
        if (Date.now() > deadline) throw new Error(`"${option}" is not in the list`);
        await field.click();
      }
      this.effort.clicks += 1;
    }
  }

  /** Switches a yes/no field. */
  async toggle(parameter: string, index = 0): Promise<void> {
    await this.click(this.field(parameter, index).locator('.el-switch, [role="switch"]').first());
  }

  /** Adds an optional field from the list under a collection, e.g. "Additional Fields". */
  async addOptionalField(name: string, collection = 0): Promise<void> {
    await this.click(this.fields.locator(byTestId('collection-parameter-add')).nth(collection));
    await this.click(this.page.locator('[role="menuitem"]:visible, .el-select-dropdown__item:visible').getByText(name, { exact: true }));
  }

  /** Adds a row to a list of rows, e.g. custom fields. */
  async addRow(parameter: string): Promise<void> {
    await this.click(this.fields.locator(byTestId(`fixed-collection-${parameter}`)).locator(byTestId('fixed-collection-add')));
  }

  /** The entries of a resource locator's list, once loaded; the list stays open. */
  async locatorEntries(parameter: string, search?: string): Promise<string[]> {
    const locator = this.fields.locator(byTestId(`resource-locator-${parameter}`));
    await this.click(locator.locator(byTestId('rlc-input')));
    const entries = this.page.locator(`${byTestId('rlc-item')}:visible`);
    await entries.first().waitFor();
    if (search !== undefined) {
      const loaded = this.page.waitForResponse((answer) => answer.url().includes('resource-locator-results'));
      await this.page.locator(`${byTestId('rlc-search')}:visible`).locator('input').or(this.page.locator(`input${byTestId('rlc-search')}:visible`)).first().fill(search);
      this.effort.typed.push(search);
      await loaded;
    }
    return (await this.settled(async () => await entries.allInnerTexts())).map((name) => name.trim());
  }

  /**
   * Chooses an entry of a resource locator's list, e.g. an inbox, and gives its name.
   *
   * @param search typed into the list's search first
   */
  async chooseFromList(parameter: string, entry: string | RegExp, search?: string): Promise<string> {
    await this.locatorEntries(parameter, search);
    return await this.chooseOpenEntry(entry);
  }

  /** Chooses an entry of the resource locator's list that is open, and gives its name. */
  async chooseOpenEntry(entry: string | RegExp): Promise<string> {
    const items = this.page.locator(`${byTestId('rlc-item')}:visible`);
    const deadline = Date.now() + 20_000;
    for (;;) {
      const names = (await items.allInnerTexts()).map((name) => name.trim());
      const position = names.findIndex((name) => (typeof entry === 'string' ? name === entry : entry.test(name)));
      if (position >= 0) {
        await this.click(items.nth(position));
        return names[position] ?? '';
      }
      // The entry that was chosen before stands there alone until the others arrive.
      if (Date.now() > deadline) throw new Error(`The list has ${names.join(', ')}, not "${String(entry)}"`);
      await this.page.waitForTimeout(200);
    }
  }

  private get mapper(): Locator {
    return this.fields.locator(byTestId('mapping-fields-container'));
  }

  /** The labels of a resource mapper's fields, once the account or the template has told them. */
  async mapperFields(): Promise<string[]> {
    await this.mapper.locator('[data-test-id^="parameter-input-"]').first().waitFor();
    return await this.settled(async () => {
      const labels = await this.mapper.locator(`.parameter-item ${byTestId('input-label')}`).allInnerTexts();
      return labels.map((label) => label.split('\n')[0]?.trim() ?? '');
    });
  }

  /** What stands where a resource mapper has no fields to show. */
  async mapperNotice(): Promise<string> {
    return (await this.fields.locator(byTestId('empty-fields-notice')).innerText()).trim();
  }

  /** What stands in a text or number field. */
  async fieldText(parameter: string, index = 0): Promise<string> {
    return await this.field(parameter, index).locator('input, textarea').first().inputValue();
  }

  /** Chooses entries of a list that takes several, e.g. labels, and shuts the list. */
  async selectSeveral(parameter: string, options: string[]): Promise<void> {
    await this.pick(this.field(parameter, 0), ...options);
    await this.press('Escape');
  }

  /**
   * Adds an entry to a list of texts, e.g. tags, and types it.
   *
   * @param button the words on the list's button, e.g. "Add Tag"
   * @param list which of the lists with this button, from the top
   */
  async addText(parameter: string, button: string, text: string, list = 0): Promise<void> {
    await this.click(this.fields.getByRole('button', { name: button, exact: true }).nth(list));
    await this.fill(parameter, text);
  }

  /**
   * Drags a value from the input panel onto a field, as a person does instead of typing an expression.
   *
   * @param value its name in the input panel's schema, e.g. "phone"
   * @param from the node it comes from, when that is not the one before
   */
  async drag(value: string, parameter: string, { from, index = 0 }: { from?: string; index?: number } = {}): Promise<void> {
    const { mouse } = this.page;
    const panel = this.page.locator(byTestId('ndv-input-panel'));
    const name = panel.locator(`${byTestId('run-data-schema-node-name')}[data-name="${value}"]`);
    const source = from === undefined
      ? name.first()
      // Values of the nodes before follow their node's heading.
      : panel.locator(byTestId('run-data-schema-header')).filter({ hasText: from }).first().locator(`xpath=following::*[@data-test-id="run-data-schema-node-name" and @data-name="${value}"][1]`);
    // Nodes further back are folded up.
    if (from !== undefined) await this.click(panel.locator(byTestId('run-data-schema-header')).filter({ hasText: from }).first());
    const target = this.field(parameter, index);
    const locator = this.fields.locator(byTestId(`resource-locator-${parameter}`));
    const goal = (await locator.count()) > 0 ? locator.locator('input').last() : target;
    await source.scrollIntoViewIfNeeded();
    await goal.scrollIntoViewIfNeeded();
    const [begin, end] = [await source.boundingBox(), await goal.boundingBox()];
    if (!begin || !end) throw new Error(`"${value}" cannot be dragged onto "${parameter}": one of them is not on the page`);
    await mouse.move(begin.x + begin.width / 2, begin.y + begin.height / 2);
    await mouse.down();
    await mouse.move(begin.x + begin.width / 2 + 15, begin.y + begin.height / 2 + 5, { steps: 5 });
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 15 });
    await mouse.up();
    this.effort.drags += 1;
    await this.leaveExpression();
  }

  /** Switches a setting of the open node, e.g. "executeOnce". */
  async toggleSetting(name: string): Promise<void> {
    await this.click(this.page.locator(byTestId('tab-settings')));
    await this.click(this.page.locator(byTestId(`parameter-input-${name}`)).locator('.el-switch, [role="switch"]').first());
    await this.click(this.page.locator(byTestId('tab-params')));
  }

  /**
   * "Execute step" of a trigger that waits for something to happen, e.g. a message.
   *
   * @param happen makes it happen, once the trigger listens
   */
  async listen(happen: () => Promise<unknown>): Promise<void> {
    await this.closeToasts();
    const registered = this.page.waitForResponse((answer) => /\/rest\/workflows\/[^/]+\/run$/.test(new URL(answer.url()).pathname));
    await this.click(this.page.locator(byTestId('node-execute-button')));
    await registered;
    await happen();
    await this.page.locator(byTestId('output-panel')).locator(`${byTestId('run-data-schema-node-name')}, table`).first().waitFor();
  }

  /** The test URL that an open Webhook node shows. */
  async webhookUrl(): Promise<string> {
    return (await this.page.locator(byTestId('ndv')).getByText(/^https?:\/\/.*\/webhook-test\//).first().innerText()).trim();
  }

  /**
   * Adds an HTTP Request node and fills it in; it stays open.
   *
   * @param credential name of a stored "Header Auth" credential
   */
  async addHttpRequest({ method, url, body, credential }: { method: string; url: string; body?: string; credential: string }): Promise<void> {
    await this.addNode('http', 'HTTP Request');
    await this.page.locator(byTestId('ndv')).waitFor();
    if (method !== 'GET') await this.selectOption('method', method);
    await this.enter('url', url);
    await this.selectOption('authentication', 'Generic Credential Type');
    await this.selectOption('genericAuthType', 'Header Auth');
    await this.chooseCredential(credential);
    if (body === undefined) return;
    await this.toggle('sendBody');
    await this.selectOption('specifyBody', 'Using JSON');
    await this.enter('jsonBody', body);
  }

  private async enter(parameter: string, text: string): Promise<void> {
    if (text.includes('{{')) await this.fillExpression(parameter, text);
    else await this.fill(parameter, text);
  }

  /** "Execute workflow" of one that begins with a form, which n8n opens in a window of its own; somebody fills it in. */
  async submitForm(values: Record<string, string>): Promise<void> {
    await this.closeToasts();
    const [form] = await Promise.all([this.page.context().waitForEvent('page'), this.click(this.page.locator(byTestId('execute-workflow-button')))]);
    for (const [label, value] of Object.entries(values)) await form.getByLabel(label).fill(value);
    await form.locator('#submit-btn, button[type="submit"]').first().click();
    await this.toast(/executed successfully|problem|failed|error/i).waitFor({ timeout: 60_000 });
    await form.close();
  }

  /** "Execute step"; waits until its output, or its error, is shown. */
  async runNode(): Promise<{ ok: boolean }> {
    const { page } = this;
    await this.closeToasts();
    const started = page.waitForResponse((answer) => /\/rest\/workflows\/[^/]+\/run$/.test(new URL(answer.url()).pathname));
    // The toast goes by itself after a few seconds, so it is looked out for from the beginning. A step that ends before the
    // editor knows the run's ID is called a workflow.
    const succeeded = this.toast(/^(Node|Workflow) executed successfully/).waitFor({ timeout: 60_000 }).then(() => true, () => false);
    await this.click(page.locator(byTestId('node-execute-button')));
    const { data } = (await (await started).json()) as { data: { executionId: string } };
    const status = await this.statusWhenDone(data.executionId);
    // The last run's output stays until the new one is shown: a success is told by a toast, an error by the panel.
    const output = page.locator(byTestId('output-panel'));
    if (status === 'success') {
      if (!(await succeeded)) throw new Error('n8n ran the step, but the editor did not say so');
    // A field that n8n itself asks for is told by a toast as well.
    } else await output.locator(byTestId('node-error-message')).or(this.toast(/cannot start/)).first().waitFor();
    return { ok: status === 'success' };
  }

  private async statusWhenDone(executionId: string): Promise<string> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      // n8n closes idle connections, sometimes just as one is used.
      const answer = await this.page.request.get(`${this.url}/rest/executions/${executionId}`, { headers: { 'browser-id': await this.browserId() }, maxRetries: 3 });
      const { data } = (await answer.json()) as { data?: { status: string } };
      if (data && !['new', 'running', 'unknown'].includes(data.status)) return data.status;
      if (Date.now() > deadline) throw new Error(`Execution ${executionId} did not end: ${JSON.stringify(data)}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** n8n binds a session to the browser that signed in. */
  private async browserId(): Promise<string> {
    return (await this.page.evaluate(() => localStorage.getItem('n8n-browserId'))) ?? '';
  }

  private toast(text: string | RegExp): Locator {
    return this.page.locator('.el-notification:visible').filter({ hasText: text }).first();
  }

  private async closeToasts(): Promise<void> {
    const close = this.page.locator('.el-notification:visible .el-notification__closeBtn');
    while ((await close.count()) > 0) {
      // It may close by itself meanwhile.
      await close.first().click({ timeout: 1000 }).catch(() => undefined);
      await this.page.waitForTimeout(100);
    }
  }

  /** What n8n says when it does not even start a run, e.g. because of an empty field. */
  async refusal(): Promise<string> {
    return (await this.toast(/cannot start/).innerText()).replace(/\s+/g, ' ').trim();
  }

  /** What the output panel says of a run that ended with an error. */
  async nodeError(): Promise<{ message: string; description: string }> {
    const output = this.page.locator(byTestId('output-panel'));
    const text = async (id: string) => ((await output.locator(byTestId(id)).count()) > 0 ? (await output.locator(byTestId(id)).first().innerText()).trim() : '');
    return { message: await text('node-error-message'), description: await text('node-error-description') };
  }

  /** The output panel's table. */
  async outputTable(): Promise<OutputTable> {
    const output = this.page.locator(byTestId('output-panel'));
    await this.click(output.locator(byTestId('radio-button-table')));
    const table = output.locator('table').first();
    await table.waitFor();
    const columns = (await table.locator('thead th').allInnerTexts()).map((column) => column.trim()).filter((column) => column !== '');
    const rows = await table.locator('tbody tr').evaluateAll((lines) =>
      lines.map((line) => Array.from(line.querySelectorAll('td'), (cell) => cell.innerText.trim())),
    );
    return {
      columns,
      rows: rows
        .filter((cells) => cells.length >= columns.length)
        .map((cells) => Object.fromEntries(columns.map((column, position) => [column, cells[position] ?? '']))),
    };
  }
}
