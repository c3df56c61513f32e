import { html } from "hono/html";
import { type Order, type Orders, statuses, sumOf, urlOf } from "./orders.ts";
import { type Employee, mayRead, people } from "./people.ts";
import { type Language, languages, type Words } from "./words.ts";

/** Who looks at a page, and how. */
export interface Visit {
  person: Employee;
  language: Language;
  /** Address of Beseda. */
  beseda: string;
  /** Path of the page. */
  path: string;
}

type Markup = ReturnType<typeof html>;

/** The list of orders: each row is an object that people can talk about. */
export function ordersPage(visit: Visit, orders: Orders): Markup {
  const words = languages[visit.language];
  const rows = orders.all.map((order) => {
    const isOpen = mayRead(visit.person, urlOf(order));
    return html`<tr>
      <td><a href="${urlOf(order)}">${words.order(order.number)}</a></td>
      <td>${isOpen ? order.customer[visit.language] : html`<span class="quiet">${words.locked}</span>`}</td>
      <td>${isOpen ? dueOf(order, visit.language) : ""}</td>
      <td>${isOpen ? html`<span class="status ${orders.statusOf(order)}">${words.statuses[orders.statusOf(order)]}</span>` : ""}</td>
      <td class="number">${isOpen ? money(sumOf(order), visit.language) : ""}</td>
    </tr>`;
  });
  return layout(
    visit,
    words.orders,
    html`
    <h1>${words.orders}</h1>
    <table>
      <thead>
        <tr><th>${words.number}</th><th>${words.customer}</th><th>${words.due}</th><th>${words.status}</th><th class="number">${words.sum}</th></tr>
      </thead>
      <tbody>${rows}</tbody>
    </table>
    <form class="ask" method="post" action="/reload"><button>${words.ask}</button></form>`,
  );
}

/** An order, and beside it what is said about it. The element stands there for everybody: Beseda knows who may read. */
export function orderPage(visit: Visit, order: Order, orders: Orders): Markup {
  const words = languages[visit.language];
  const title = words.order(order.number);
  const content = mayRead(visit.person, urlOf(order))
    ? contentOf(order, orders, visit.language, words)
    : html`<p class="quiet">${words.hidden}</p>`;
  return layout(
    visit,
    title,
    html`
    <p><a class="back" href="/">${words.back}</a></p>
    <h1>${title}</h1>
    <div class="order">
      <div>${content}</div>
      <beseda-conversation context="${urlOf(order)}" title="${title}" open></beseda-conversation>
    </div>`,
  );
}

export const missingPage = (visit: Visit): Markup => {
  const words = languages[visit.language];
  return layout(
    visit,
    words.notFound,
    html`<h1>${words.notFound}</h1><p><a class="back" href="/">${words.back}</a></p>`,
  );
};

const contentOf = (order: Order, orders: Orders, language: Language, words: Words): Markup => html`
  <dl>
    <div><dt>${words.customer}</dt><dd>${order.customer[language]}</dd></div>
    <div><dt>${words.address}</dt><dd>${order.address[language]}</dd></div>
    <div><dt>${words.due}</dt><dd>${dueOf(order, language)}</dd></div>
  </dl>
  <form class="status-form" method="post" action="${urlOf(order)}/status">
    <label>${words.status}
      <select name="status">
        ${statuses.map((status) => html`<option value="${status}" ${status === orders.statusOf(order) ? "selected" : ""}>${words.statuses[status]}</option>`)}
      </select>
    </label>
    <button>${words.change}</button>
  </form>
  <table>
    <thead>
      <tr><th>${words.item}</th><th class="number">${words.count}</th><th class="number">${words.price}</th></tr>
    </thead>
    <tbody>
      ${order.lines.map(({ item, count, price }) => html`<tr><td>${item[language]}</td><td class="number">${words.pieces(count)}</td><td class="number">${money(price, language)}</td></tr>`)}
    </tbody>
    <tfoot>
      <tr><th colspan="2">${words.total}</th><td class="number">${money(sumOf(order), language)}</td></tr>
    </tfoot>
  </table>
  <h2>${words.tasks}</h2>
  <ul class="tasks">${orders.tasksOf(order).map((task) => html`<li>${task}</li>`)}</ul>
  <p class="quiet hint">${words.noTasks}</p>
  <p class="quiet">${words.askHint}</p>`;

const layout = ({ person, language, beseda, path }: Visit, title: string, content: Markup): Markup => {
  const words = languages[language];
  return html`<!doctype html>
<html lang="${language}" data-beseda="${beseda}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${words.firm}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <header>
      <a class="firm" href="/">${words.firm}</a>
      <nav>
        <a href="${beseda}/" target="_blank" rel="noopener">${words.site}</a>
        <form method="post" action="/language"><input type="hidden" name="path" value="${path}" /><button class="plain" name="language" value="${language === "ru" ? "en" : "ru"}" lang="${language === "ru" ? "en" : "ru"}">${words.language}</button></form>
        <form method="post" action="/person" id="person">
          <input type="hidden" name="path" value="${path}" />
          <label>${words.person} <select name="person">${people.map(({ name }) => html`<option ${name === person.name ? "selected" : ""}>${name}</option>`)}</select></label>
          <noscript><button>OK</button></noscript>
        </form>
      </nav>
    </header>
    <main>${content}</main>
    <footer class="quiet">${words.demo}</footer>
  </body>
</html>`;
};

/** The day on which an order has to be there. */
export function dueOf({ dueInDays }: Order, language: Language): string {
  const date = new Date();
  date.setDate(date.getDate() + dueInDays);
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long" }).format(date);
}

const money = (roubles: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: "currency", currency: "RUB", maximumFractionDigits: 0 }).format(roubles);
