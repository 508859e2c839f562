"use strict";
// The form works on its own: it sends nothing, keeps nothing, and saves one file.
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const { update, rules, tollFree, localCodes, keypad, days } = settings;

  class NotReadable extends Error {}

  // --- what people type, in the form that is stored: as `normalise` does ------

  const spell = (text) =>
    Array.from(text.toUpperCase(), (one) => keypad[one] ?? (/[0-9]/.test(one) ? one : "")).join("");
  const national = (digits) => (/^1[0-9]{10}$/.test(digits) ? digits.slice(1) : digits);
  const EXTENSION = /[\s,;]*\(?(?:\bextension|\bext|(?<![A-Za-z])x|#)[\s.:#=]*([0-9]{1,6})\)?\s*$/i;
  const PAUSE = /[,;*#]|(?<![A-Za-z])[pw](?![A-Za-z])/;
  const ISO_DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

  function readNumber(typed) {
    if (typed.length > 100) throw new NotReadable("Write one number, such as 203-555-0123.");
    let text = typed
      .replace(/[\u2010-\u2014\u2212]/g, "-")
      .replace(/[\u00a0\u2007\u2009\u202f]/g, " ")
      .trim()
      .replace(/^(?:tel|sms):/i, "");
    const found = EXTENSION.exec(text);
    const extension = found ? found[1] : null;
    if (found) text = text.slice(0, found.index).trimEnd();
    if (/\p{Nd}/u.test(text.replace(/[0-9]/g, ""))) {
      throw new NotReadable("Type the number again with the digits 0 to 9.");
    }
    if (PAUSE.test(text)) {
      throw new NotReadable("Write the number alone; what to press afterwards goes under Extension or Menu.");
    }
    if (!/^\+?[0-9A-Za-z(). /-]+$/.test(text)) {
      throw new NotReadable("Write it as 203-555-0123; remarks go under Note.");
    }
    if (/^\+(?!1)/.test(text)) throw new NotReadable("This is not a number of the United States.");
    const digits = national(spell(text));
    const vanity = /[A-Za-z]/.test(text) ? text.toUpperCase() : null;
    if (digits.length === 10) {
      const value = `+1${digits}`;
      if (!fits("e164", value)) {
        throw new NotReadable("Neither the area code nor the three digits after it begin with 0 or 1.");
      }
      const long = tollFree.includes(digits.slice(0, 3)) ? "1-" : "";
      const display = `${long}${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
      return { kind: "e164", value, display, extension, vanity };
    }
    const kind = fits("n11", digits) ? "n11" : fits("short_code", digits) ? "short-code" : null;
    if (kind === null || extension !== null) {
      throw new NotReadable(
        digits.length === 7
          ? "Write it with the area code: 203-555-0123."
          : "Write one number with its area code, such as 203-555-0123.",
      );
    }
    return { kind, value: digits, display: digits, extension: null, vanity };
  }

  function readAddress(mode, typed) {
    const text = typed.trim();
    if (mode === "email") {
      const email = /^(?:mailto:)?([^@\s]+)@([A-Za-z0-9.-]+)$/i.exec(text);
      const value = email ? `${email[1]}@${email[2].toLowerCase()}` : text;
      if (!fits("email", value)) throw new NotReadable("Write it as name@example.gov.");
      return { kind: "email", value, display: value };
    }
    const whole = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?=[/?#]|$)/i.test(text)
      ? `https://${text}`
      : text;
    const parts = /^https:\/\/([A-Za-z0-9.-]+)(.*)$/is.exec(whole);
    const value = parts ? `https://${parts[1].toLowerCase()}${parts[2]}` : whole;
    if (!fits("url", value)) {
      throw new NotReadable("Write it as https://www.example.gov/page, without a user or a port.");
    }
    return { kind: "url", value, display: value.replace(/^https:\/\//, "").replace(/\/+$/, "") };
  }

  function readHours(text) {
    if (text.length > 400) throw new NotReadable("The hours are too long.");
    if (/^(?:always|24\/7|24 hours(?: a day(?:, every day)?)?)\.?$/i.test(text)) return { always_open: true };
    const hint = "Write it as always or as Mon-Fri 08:30-16:30; Sat 09:00-12:00.";
    const zone = /\s*\(([A-Za-z_/ ]+)\)\s*$/.exec(text);
    const spans = (zone ? text.slice(0, zone.index) : text).replace(/[; ]+$/, "").split(";");
    const dayOf = (word) => {
      const place = days.findIndex((day) => word.length >= 3 && (day.startsWith(word) || word === `${day}s`));
      if (place < 0) throw new NotReadable(hint);
      return place;
    };
    const clock = (word, rule) => {
      const found = /^([0-9]{1,2})(?::([0-5][0-9]))?\s*(?:([ap])\.?m\.?)?$/i.exec(word.trim());
      if (!found || (!found[2] && !found[3])) throw new NotReadable(hint);
      const half = found[3] ? (found[3].toLowerCase() === "p" ? 12 : 0) : null;
      const hour = half === null ? Number(found[1]) : (Number(found[1]) % 12) + half;
      const time = `${String(hour).padStart(2, "0")}:${found[2] || "00"}`;
      if (!fits(rule, time)) throw new NotReadable(hint);
      return time;
    };
    const periods = spans.map((span) => {
      const found = /^([A-Za-z][A-Za-z, -]*?)[ :]+([0-9][^-]*?)\s*(?:-|to)\s*([^-]+)$/.exec(
        span.trim().replace(/\u2013/g, "-"),
      );
      if (!found) throw new NotReadable(hint);
      const names = found[1].split(",").flatMap((part) => {
        const [start, end, ...more] = part.split("-").map((word) => dayOf(word.trim().toLowerCase()));
        if (more.length) throw new NotReadable(hint);
        if (end === undefined) return [days[start]];
        const count = ((end - start + 7) % 7) + 1;
        return Array.from({ length: count }, (_, step) => days[(start + step) % 7]);
      });
      return { days: names, opens: clock(found[2], "clock"), closes: clock(found[3], "closing_time") };
    });
    return { always_open: false, periods, timezone: zone ? zone[1] : "America/New_York" };
  }

  function fits(rule, value) {
    const { pattern, maxLength } = rules[rule];
    if (maxLength && Array.from(value).length > maxLength) return false;
    return !pattern || new RegExp(pattern, "u").test(value);
  }

  // --- numbers that are one slip away from another: as `near_miss` does -------

  function slip(now, before) {
    if (now === before) return null;
    if (now.length !== before.length) {
      const [short, long] = now.length < before.length ? [now, before] : [before, now];
      const place = Array.from(short).findIndex((digit, index) => digit !== long[index]);
      const cut = place < 0 ? short.length : place;
      const isSlip = long.length === short.length + 1 && short.slice(cut) === long.slice(cut + 1);
      return isSlip ? "has one digit more or less than" : null;
    }
    const prefixes = [now.slice(0, 3), before.slice(0, 3)];
    if (now.slice(3) === before.slice(3) && prefixes.every((one) => tollFree.includes(one))) {
      return "has another toll-free prefix than";
    }
    const wrong = Array.from(now).flatMap((digit, index) => (digit === before[index] ? [] : [index]));
    if (wrong.length === 1) return "differs by one digit from";
    const [first, last] = wrong;
    const swapped = wrong.length === 2 && last === first + 1 && now[first] === before[last] && now[last] === before[first];
    return swapped ? "has two digits swapped against" : null;
  }

  const today = () => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  };

  // --- fields ------------------------------------------------------------------

  let problems = [];
  const say = (field, message, kind = "error") => {
    document.getElementById(`${field.id}-${kind}`).textContent = message;
    if (kind === "error") {
      field.setAttribute("aria-invalid", "true");
      problems.push({ field, message });
    }
  };
  const forget = (scope) => {
    problems = [];
    for (const one of scope.querySelectorAll(".error, .warning, .stored")) one.textContent = "";
    for (const one of scope.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  };
  const label = (field) =>
    (document.querySelector(`label[for="${field.id}"]`) ?? field.querySelector("legend")).textContent;
  const textOf = (field) => {
    if (field.dataset.form === "words") {
      return Array.from(field.querySelectorAll("input:checked"), (one) => one.value).join(", ");
    }
    return field.value.normalize("NFC").trim();
  };
  const list = (text) => text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean);
  const changed = (field) => textOf(field) !== field.dataset.initial;

  function valueOf(field) {
    const text = textOf(field);
    const { form, rule } = field.dataset;
    if (text === "") {
      if (field.required) say(field, `${label(field)} is missing.`);
      return undefined;
    }
    const value = form === "hours" ? readHours(text) : form === "list" || form === "words" ? list(text) : text;
    for (const one of [value].flat()) {
      if (rule && typeof one === "string" && !fits(rule, one)) {
        throw new NotReadable(rules[rule].about);
      }
    }
    const day = ISO_DAY.exec(text);
    if (form === "date" && day && Number.isNaN(Date.parse(text))) throw new NotReadable("There is no such day.");
    if (form === "date" && text > today()) throw new NotReadable("This day is in the future.");
    return value;
  }

  function put(target, field) {
    try {
      const value = valueOf(field);
      if (value === undefined) delete target[field.dataset.key];
      else target[field.dataset.key] = value;
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      say(field, error.message);
    }
  }

  const fieldsOf = (scope) => Array.from(scope.querySelectorAll("[data-key]"));

  // --- contact points ----------------------------------------------------------

  const isDialled = (mode) => ["voice", "text", "tty", "relay"].includes(mode);

  function putValue(contact, before, field, record) {
    const text = textOf(field);
    if (text === "") {
      say(field, `${label(field)} is missing.`);
      return;
    }
    try {
      const read = isDialled(contact.mode) ? readNumber(text) : readAddress(contact.mode, text);
      contact.kind = read.kind;
      contact.value = read.value;
      contact.display = read.display;
      if (read.extension && contact.extension && read.extension !== contact.extension) {
        throw new NotReadable("The number and the field Extension name different extensions.");
      }
      if (read.extension) contact.extension = read.extension;
      if (read.vanity && !contact.vanity) contact.vanity = read.vanity;
      const stored = `Stored as ${read.value}, shown as ${read.display}.`;
      document.getElementById(`${field.id}-stored`).textContent = stored;
      checkValue(contact, before, field, record);
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      say(field, error.message);
    }
  }

  let sources = [];
  const isPrinted = ({ value, vanity }) =>
    sources.some(({ url, says = "" }) => {
      const digits = says.replace(/[^0-9]/g, "").includes(national(spell(value)));
      return url && (digits || (vanity && says.toUpperCase().includes(vanity)));
    });

  function checkValue(contact, before, field, record) {
    const { kind, value } = contact;
    if (isDialled(contact.mode) && !isPrinted(contact)) {
      say(field, "No source below has this number under What it says.", "warning");
    }
    if (kind === "e164") {
      const digits = value.slice(2);
      if (digits.startsWith("900") || digits.slice(3, 6) === "976") throw new NotReadable("A call to this number costs the caller.");
      if (digits.slice(3, 8) === "55501") throw new NotReadable("Numbers from 555-0100 to 555-0199 reach nobody.");
      if (!tollFree.includes(digits.slice(0, 3)) && !localCodes.includes(digits.slice(0, 3))) {
        say(field, "This is not a Connecticut or toll-free number. Check it.", "warning");
      }
    } else if (kind === "url" || kind === "email") {
      const host = kind === "email" ? value.split("@")[1] : value.slice(8).split(/[/?#]/)[0];
      if (record.kind === "organization" && !(record.hosts ?? []).includes(host)) {
        throw new NotReadable(`${host} is not among the web hosts of the organization; add it there if it is yours.`);
      }
    }
    const isNumber = (one) => one && ["e164", "short-code", "n11"].includes(one.kind);
    const near = isNumber(before) && isNumber(contact) ? slip(national(spell(value)), national(spell(before.value))) : null;
    if (near) say(field, `This ${near} what we show today, ${before.display}. Check every digit.`, "warning");
  }

  function readContact(box, record) {
    const before = box.dataset.index ? update.records[box.dataset.record].contacts[box.dataset.index] : undefined;
    const contact = before ? structuredClone(before) : {};
    const fields = fieldsOf(box);
    const value = fields.find((one) => one.dataset.key === "value");
    for (const field of fields) if (field !== value && changed(field)) put(contact, field);
    const mode = fields.find((one) => one.dataset.key === "mode");
    if (!contact.mode) say(mode, `${label(mode)} is missing.`);
    else if (changed(value) || changed(mode)) putValue(contact, before, value, record);
    return contact;
  }

  function withId(contact, others) {
    if (contact.id) return contact;
    const taken = new Set(others.map((one) => one.id));
    const mode = contact.mode ?? "contact";
    let id = mode;
    for (let count = 2; taken.has(id); count += 1) id = `${mode}-${count}`;
    return { id, ...contact };
  }

  // --- the whole -----------------------------------------------------------------

  function readAddresses(before, index) {
    const boxes = document.querySelectorAll(`[data-part=address][data-record="${index}"]`);
    return Array.from(boxes, (box) => {
      const address = box.dataset.index ? structuredClone(before.addresses[box.dataset.index]) : {};
      for (const field of fieldsOf(box)) if (changed(field) || !box.dataset.index) put(address, field);
      return address;
    });
  }

  function readSources() {
    return Array.from(document.querySelectorAll("[data-part=source]"), (box) => {
      const source = { url: null };
      for (const field of fieldsOf(box)) put(source, field);
      return source;
    });
  }

  function readRecord(before, index) {
    const record = structuredClone(before);
    const scope = document.querySelector(`[data-part=record][data-record="${index}"]`);
    for (const field of fieldsOf(scope)) if (changed(field)) put(record, field);
    record.addresses = readAddresses(before, index);
    if (!record.addresses.length) delete record.addresses;
    const boxes = document.querySelectorAll(`[data-part=contact][data-record="${index}"]`);
    const contacts = Array.from(boxes, (box) => readContact(box, record));
    contacts.forEach((one, place) => {
      contacts[place] = withId(one, contacts);
    });
    record.contacts = contacts;
    if (!contacts.length && before.kind === "organization") delete record.contacts;
    return record;
  }

  function readForm() {
    forget(document);
    const head = {};
    for (const field of fieldsOf(document.querySelector("[data-part=update]"))) put(head, field);
    sources = readSources();
    const records = update.records.map(readRecord);
    return { ...update, ...head, sources, records };
  }

  function showProblems() {
    const summary = document.getElementById("summary");
    const items = problems.map(({ field, message }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = `${label(field)}: ${message}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        field.focus();
      });
      item.append(link);
      return item;
    });
    summary.querySelector("ul").replaceChildren(...items);
    summary.hidden = items.length === 0;
    if (items.length) summary.focus();
  }

  function save() {
    const filled = readForm();
    showProblems();
    const status = document.getElementById("status");
    if (problems.length) {
      status.textContent = "Nothing was saved.";
      return;
    }
    const link = document.createElement("a");
    const file = new Blob([`${JSON.stringify(filled, null, 2)}\n`], { type: "application/json" });
    link.href = URL.createObjectURL(file);
    link.download = `${filled.submitted_by}-update-${filled.submitted_on}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    status.textContent = `Saved as ${link.download} where your browser puts downloads. Send that file to the curators.`;
  }

  let added = 0;
  function add(button) {
    added += 1;
    const copy = document.getElementById(button.dataset.add).content.cloneNode(true);
    for (const one of copy.querySelectorAll("*")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/\bnew\b/g, `new${added}`));
      }
    }
    const box = copy.firstElementChild;
    if (button.dataset.record) box.dataset.record = button.dataset.record;
    button.before(copy);
    box.querySelector("input, select").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "save") save();
    else if (button.dataset.add) add(button);
    else if (button.hasAttribute("data-remove")) {
      const box = button.closest("fieldset[data-part]");
      const after = box.parentElement.querySelector("[data-add]") ?? document.getElementById("save");
      document.getElementById("status").textContent = `${box.querySelector("legend").textContent.trim()} was taken out.`;
      box.remove();
      after.focus();
    }
  });
  document.getElementById("form").hidden = false;

  globalThis.updateForm = { readNumber, readAddress, readHours, slip, fits };
})();
