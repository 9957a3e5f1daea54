/*
 * World Atlas in the browser: asks the REST interface, and shows beside each answer what its
 * headers tell of the node that gave it. Whatever comes from outside gets into the page as
 * text, never as markup.
 */

const NODES_EVERY = 3_000;

// a primary that is gone lets a request wait for half a minute before it is refused
const PATIENCE = 40_000;

const TYPING_PAUSE = 250;

const numbers = new Intl.NumberFormat("en");

const byId = (id) => document.getElementById(id);

/** A request that was not answered as wished, in words. */
class Refusal extends Error {

	constructor(words, status, origin) {
		super(words);
		this.status = status;
		this.origin = origin;
	}

}

/** Where an answer comes from; null for one that no database was asked for. */
function originOf(response) {
	const header = (name) => response.headers.get(name);
	return header("Uno-Node") && {
		node: header("Uno-Node"),
		reason: header("Uno-Reason"),
		why: header("Uno-Reason-Text"),
		lag: header("Uno-Lag"),
	};
}

// what the fields are called on the page
const FIELDS = { name: "Name", country: "Country", minPopulation: "Inhabitants" };

function inWords(response, problem) {
	if (problem?.errors?.length) {
		return problem.errors.map(({ field, message }) => `${FIELDS[field] ?? field} ${message}`).join("; ");
	}
	return problem?.detail ?? `World Atlas answered with status ${response.status}`;
}

function unanswered(failure) {
	return (failure.name === "TimeoutError")
		? `World Atlas has not answered within ${PATIENCE / 1_000} seconds`
		: `World Atlas cannot be reached at ${location.origin}; is it still running?`;
}

async function ask(path, { signal, ...options } = {}) {
	const patience = AbortSignal.timeout(PATIENCE);
	let response;
	let body;
	try {
		response = await fetch(path, { ...options, signal: signal ? AbortSignal.any([signal, patience]) : patience });
		body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
	}
	catch (failure) {
		if (failure.name === "AbortError") {
			throw failure;
		}
		throw new Refusal(unanswered(failure));
	}
	if (!response.ok) {
		throw new Refusal(inWords(response, body), response.status, originOf(response));
	}
	const next = response.headers.get("Link")?.match(/<([^>]*)>; rel="next"/)?.[1];
	return { body, origin: originOf(response), next: next && new URL(next, response.url) };
}

function copyOf(template) {
	return byId(template).content.firstElementChild.cloneNode(true);
}

function put(element, selector, text) {
	element.querySelector(selector).textContent = text;
}

/** Shows where an answer comes from, beside what was asked. */
function answerLine(what, origin) {
	const line = copyOf("answer");
	put(line, ".what", what);
	put(line, ".node", origin.node);
	put(line, ".why", origin.why);
	put(line, ".reason", origin.reason);
	put(line, ".lag", `lag ${origin.lag}`);
	// the one node of a database that is not a replica has this name
	line.querySelector(".node").classList.add(origin.node.endsWith(".main") ? "primary" : "replica");
	return line;
}

/** Shows why something failed, and which node said so. */
function problemOf(failure) {
	const box = document.createElement("div");
	box.className = "problem";
	const words = document.createElement("p");
	words.textContent = failure.message;
	box.append(words);
	if (failure.origin) {
		box.append(answerLine("Refused by", failure.origin));
	}
	return box;
}

function announce(text) {
	byId("announcement").textContent = text;
}

/* Statistics */

async function showStatistics() {
	const place = byId("statistics");
	try {
		const { body, origin } = await ask("api/stats");
		const figures = document.createElement("dl");
		for (const name of ["cities", "regions", "countries", "population"]) {
			const figure = document.createElement("div");
			const term = document.createElement("dt");
			const value = document.createElement("dd");
			term.textContent = (name === "population") ? "inhabitants" : name;
			value.textContent = numbers.format(body[name]);
			figure.append(term, value);
			figures.append(figure);
		}
		place.replaceChildren(figures, answerLine("Counted by", origin));
	}
	catch (failure) {
		place.replaceChildren(problemOf(failure));
	}
}

/* Countries */

const countries = new Map();

async function loadCountries() {
	const { body } = await ask("api/countries");
	const select = byId("country");
	for (const { code, name } of body) {
		countries.set(code, name);
		select.append(new Option(name, code));
	}
}

/* Nodes */

function nodeRow({ node, duty, reachable, problem, lag }) {
	const row = document.createElement("tr");
	row.className = reachable ? "reachable" : "away";
	const name = document.createElement("th");
	name.scope = "row";
	const text = document.createElement("span");
	text.textContent = node;
	name.append(text);
	const state = document.createElement("span");
	state.className = reachable ? "unseen" : "state";
	state.textContent = reachable ? " reachable" : " out of reach";
	name.append(state);
	if (problem) {
		name.title = problem;
	}
	const cells = [reachable ? duty : "–", reachable ? lag : "–"].map((value) => {
		const cell = document.createElement("td");
		cell.textContent = value;
		return cell;
	});
	cells[1].className = "number";
	row.append(name, ...cells);
	return row;
}

async function showNodes() {
	const problem = byId("nodes-problem");
	try {
		const { body } = await ask("api/nodes");
		byId("nodes").replaceChildren(...body.map(nodeRow));
		problem.hidden = true;
	}
	catch (failure) {
		problem.textContent = `Not known at present: ${failure.message}`;
		problem.hidden = false;
	}
	byId("nodes").classList.toggle("old", !problem.hidden);
}

async function watchNodes() {
	if (!document.hidden) {
		await showNodes();
	}
	setTimeout(watchNodes, NODES_EVERY);
}

/* Cities */

function placeOf(city) {
	return [city.regionName, countries.get(city.country) ?? city.country].filter(Boolean).join(", ");
}

function fill(row, city) {
	put(row, ".name", city.name);
	put(row, ".place", placeOf(city));
	put(row, ".population", numbers.format(city.population));
	row.querySelector(".capital").hidden = city.feature !== "PPLC";
	row.querySelector(".rename").setAttribute("aria-label", `Rename ${city.name}`);
}

/** A city on the page: its row and, below, its change and where the answers to that come from. */
class CityRow {

	constructor(city) {
		this.city = city;
		this.row = copyOf("city");
		this.renaming = null;
		this.trail = null;
		fill(this.row, city);
		this.button.addEventListener("click", () => this.renaming ? this.close() : this.open());
	}

	get button() {
		return this.row.querySelector(".rename");
	}

	open() {
		this.renaming = copyOf("renaming");
		const form = this.renaming.querySelector("form");
		form.elements.name.value = this.city.name;
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			this.rename(form.elements.name.value);
		});
		form.addEventListener("keydown", (event) => {
			if (event.key === "Escape") {
				this.close();
			}
		});
		form.querySelector(".cancel").addEventListener("click", () => this.close());
		this.row.after(this.renaming);
		this.button.setAttribute("aria-expanded", "true");
		form.elements.name.select();
	}

	close() {
		if (!this.renaming) {
			return;
		}
		this.renaming.remove();
		this.renaming = null;
		this.button.removeAttribute("aria-expanded");
		this.button.focus();
	}

	/** Writes the new name, then reads the city as any other reader would. */
	async rename(name) {
		if (this.saving) {
			return;
		}
		this.saving = true;
		this.row.setAttribute("aria-busy", "true");
		this.show();
		try {
			const { feature, population, latitude, longitude, version } = this.city;
			const written = await ask(`api/cities/${this.city.geonameId}`, {
				method: "PUT",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify({ name, feature, population, latitude, longitude, version }),
			});
			this.city = written.body;
			this.show(answerLine("Written by", written.origin));
			this.close();
			await this.read(written.body.version);
		}
		catch (failure) {
			this.show(problemOf(failure));
			if (failure.status === 409) {
				await this.readAfterConflict();
			}
		}
		finally {
			this.row.removeAttribute("aria-busy");
			this.saving = false;
		}
	}

	async read(expected) {
		const { body, origin } = await ask(`api/cities/${this.city.geonameId}`);
		this.city = body;
		fill(this.row, body);
		this.show(answerLine("Then read by", origin));
		if (body.version < expected) {
			this.show(problemOf(new Error("This node has not seen the change yet")));
		}
		announce(`${body.name}, read by ${origin.node}: ${origin.why}; lag ${origin.lag}`);
	}

	/** What is typed stays, and can be saved once more over what somebody else has written. */
	async readAfterConflict() {
		try {
			await this.read(this.city.version);
		}
		catch (failure) {
			this.show(problemOf(failure));
		}
	}

	/** Adds to what is told of the change, or begins anew. */
	show(element) {
		if (!element) {
			this.trail?.remove();
			this.trail = null;
			return;
		}
		if (!this.trail) {
			this.trail = document.createElement("tr");
			this.trail.className = "trail";
			const cell = document.createElement("td");
			cell.colSpan = 3;
			cell.setAttribute("role", "status");
			this.trail.append(cell);
			(this.renaming ?? this.row).after(this.trail);
		}
		this.trail.firstElementChild.append(element);
	}

}

/** One answer: the node that gave it, and the cities. */
function pageOf(cities, origin, from) {
	const page = document.createElement("tbody");
	const head = document.createElement("tr");
	const cell = document.createElement("th");
	head.className = "page";
	cell.colSpan = 3;
	cell.scope = "rowgroup";
	cell.append(answerLine(`${from} to ${from + cities.length - 1}, read by`, origin));
	head.append(cell);
	page.append(head, ...cities.map((city) => new CityRow(city).row));
	return page;
}

const search = {

	running: null,

	next: null,

	shown: 0,

	/** Shows the first cities of a query, or why there are none. */
	async start(query) {
		const answer = await this.ask(new URL(`api/cities?${query}`, document.baseURI));
		if (answer.aborted) {
			return;
		}
		for (const page of [...byId("rows").tBodies]) {
			page.remove();
		}
		this.shown = 0;
		this.append(answer);
	},

	async more() {
		const from = this.shown;
		const answer = await this.ask(this.next);
		if (answer.body) {
			const page = this.append(answer);
			page.querySelector(".rename").focus({ preventScroll: true });
			announce(`Cities ${from + 1} to ${this.shown}`);
		}
	},

	/** Only the query that was asked last is answered. */
	async ask(url) {
		this.running?.abort();
		const running = this.running = new AbortController();
		byId("cities").setAttribute("aria-busy", "true");
		try {
			const answer = await ask(url, { signal: running.signal });
			byId("problem").replaceChildren();
			return answer;
		}
		catch (failure) {
			if (failure.name === "AbortError") {
				return { aborted: true };
			}
			byId("problem").replaceChildren(problemOf(failure));
			return { failed: true };
		}
		finally {
			if (this.running === running) {
				byId("cities").removeAttribute("aria-busy");
			}
		}
	},

	append({ body, origin, next }) {
		const found = body?.length > 0;
		const page = found ? pageOf(body, origin, this.shown + 1) : null;
		byId("status").replaceChildren(...((body && !found) ? ["There is no such city.", answerLine("Said by", origin)] : []));
		byId("rows").append(...(found ? [page] : []));
		this.shown += body?.length ?? 0;
		this.next = next;
		byId("rows").hidden = this.shown === 0;
		byId("more").hidden = !next;
		return page;
	},

};

/** What the form asks for, without what is left open. */
function queryOf(form) {
	const query = new URLSearchParams();
	for (const [name, value] of new FormData(form)) {
		if (value.trim()) {
			query.set(name, value.trim());
		}
	}
	return query;
}

function searchNow() {
	const query = queryOf(byId("search"));
	history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
	search.start(query);
}

function listen() {
	const form = byId("search");
	let typing;
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		clearTimeout(typing);
		searchNow();
	});
	form.addEventListener("input", () => {
		clearTimeout(typing);
		typing = setTimeout(searchNow, TYPING_PAUSE);
	});
	byId("more").addEventListener("click", () => search.more());
	document.addEventListener("visibilitychange", () => document.hidden || showNodes());
	addEventListener("online", showNodes);
	addEventListener("offline", showNodes);
}

/** A link to a search gives what it gave before, also the refusal of what is not possible. */
function takeOverAddress() {
	const form = byId("search");
	for (const [name, value] of new URLSearchParams(location.search)) {
		const field = form.elements[name];
		if (field) {
			if (field.options && ![...field.options].some((option) => option.value === value)) {
				field.append(new Option(value, value));
			}
			field.value = value;
		}
	}
}

async function start() {
	listen();
	watchNodes();
	showStatistics();
	try {
		await loadCountries();
	}
	catch (failure) {
		byId("problem").replaceChildren(problemOf(failure));
	}
	takeOverAddress();
	search.start(queryOf(byId("search")));
}

start();
