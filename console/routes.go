package console

import (
	"net/http"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/review"
)

const (
	draftBytes  = 8 << 20   // a long text with its fields
	uploadBytes = 220 << 20 // several files at once
)

// anyOf is the right of a route that each of several rights opens.
func anyOf(rights ...identity.Right) string {
	var s []string
	for _, r := range rights {
		s = append(s, string(r))
	}
	return strings.Join(s, "|")
}

// addRoutes is the table of the console: what is asked, which right it needs,
// who answers. A test walks it with every role.
func (c *Console) addRoutes() {
	get := func(path, right string, h web.Handler) *web.Route { return c.routes.Get(Root+path, right, h) }
	post := func(path, right string, h web.Handler) *web.Route { return c.routes.Post(Root+path, right, h) }
	const (
		read     = string(identity.PublicationRead)
		draft    = string(identity.PublicationDraft)
		publish  = string(identity.PublicationPublish)
		withdraw = string(identity.PublicationWithdraw)
		validity = string(identity.PublicationValidity)
		people   = string(identity.PeopleRead)
		enter    = string(identity.PeopleEdit)
		grant    = string(identity.PeopleGrant)
		unlock   = string(identity.PeopleUnlock)
		jobsRead = string(identity.JobsRead)
		jobsRun  = string(identity.JobsRun)
		ledgers  = string(identity.LedgerRead)
		chain    = string(identity.ReviewChain)
		units    = string(identity.OrgRead)
		unitEdit = string(identity.OrgEdit)
		regRead  = string(identity.RegisterRead)
		regWrite = string(identity.RegisterWrite)
	)
	describe := anyOf(identity.OrgDescribe, identity.OrgEdit)
	sign := anyOf(review.LevelRights()...)

	c.routes.Assets(c.assets)
	post("/look", web.Public, ui.SetLook)

	// Signing in, and one's own account.
	get("/signin", web.Public, c.signInPage)
	post("/signin", web.Public, c.signIn).Body(draftBytes).Limit(c.logins)
	get("/signin/code", web.Public, c.codePage)
	post("/signin/code", web.Public, c.enterCode).Body(draftBytes).Limit(c.logins)
	post("/signout", door, c.signOut)
	get("/password", door, c.passwordPage)
	post("/password", door, c.changePassword).Limit(c.logins)
	get("/code", door, c.enrolPage)
	post("/code", door, c.confirmCode).Limit(c.logins)
	post("/code/drop", staff, c.dropCode).Limit(c.logins)
	post("/code/renew", staff, c.renewCodes).Limit(c.logins)
	get("/account", staff, c.account)
	post("/account/sessions", staff, c.endSessions)

	get("", staff, c.home)
	get("/{$}", staff, func(w http.ResponseWriter, r *http.Request) error { return web.SeeOther(w, r, Root) })

	// Writing.
	get("/items", read, c.items)
	get("/items.csv", read, c.itemsCSV)
	get("/new", draft, c.start)
	post("/new", draft, c.create).Body(uploadBytes).Timeout(3 * time.Minute)
	get("/items/{id}", read, c.item)
	get("/items/{id}/edit", draft, c.draft)
	post("/items/{id}/edit", draft, c.saveDraft).Body(uploadBytes).Timeout(3 * time.Minute)
	post("/items/{id}/autosave", draft, c.autosave).Body(draftBytes)
	post("/items/{id}/inspect", draft, c.inspect).Body(writtenBytes)
	post("/items/{id}/pictures", draft, c.addPicture).Body(40 << 20)
	get("/items/{id}/mask/{digest}", draft, c.maskPreview).Timeout(3 * time.Minute)
	post("/items/{id}/mask/{digest}", draft, c.maskAttachment).Timeout(3 * time.Minute)
	get("/items/{id}/preview", read, c.preview)
	get("/items/{id}/versions", read, c.versions)
	get("/items/{id}/compare", read, c.compare)
	post("/items/{id}/restore", draft, c.restore)
	post("/items/{id}/recall", draft, c.recall)
	post("/items/{id}/discard", draft, c.discard)
	post("/items/{id}/revise", draft, c.revise)
	get("/files/{digest}/{name}", string(identity.DocumentRead), c.file)

	// Reviewing.
	get("/reviews", sign, c.queue)
	get("/reviews/signed", sign, c.signed)
	get("/reviews/{id}", string(identity.ReviewRead), c.submission)
	post("/reviews/{id}/sign", sign, c.sign)
	post("/reviews/{id}/return", sign, c.sendBack)
	post("/reviews/{id}/except/{finding}", anyOf(identity.ReviewSecret, identity.InspectionRules), c.exceptUnderReview)

	// Agreeing with other organs.
	authors := append([]identity.Right{identity.PublicationDraft}, review.LevelRights()...)
	concerned := anyOf(identity.PublicationRead, identity.ReviewConsult, identity.ReviewCoordinate)
	get("/items/{id}/consult", anyOf(authors...), c.askOrgan)
	post("/items/{id}/consult", anyOf(authors...), c.sendAsk)
	get("/consultations", concerned, c.consultations)
	get("/consultations/{id}", concerned, c.consultation)
	get("/consultations/{id}/files/{digest}/{name}", concerned, c.consultationFile)
	post("/consultations/{id}/answer", anyOf(identity.ReviewConsult, identity.PublicationDraft), c.answerConsultation)
	post("/consultations/{id}/escalate", anyOf(authors...), c.escalate)
	post("/consultations/{id}/decide", string(identity.ReviewCoordinate), c.decideConsultation)
	post("/consultations/{id}/withdraw", anyOf(authors...), c.withdrawConsultation)

	// What is public.
	post("/items/{id}/publish", publish, c.publish)
	post("/items/{id}/schedule", publish, c.schedule)
	post("/items/{id}/unschedule", publish, c.unschedule)
	post("/items/{id}/withdraw", withdraw, c.withdraw)
	get("/items/{id}/ruling", validity, c.rulingPage)
	post("/items/{id}/ruling", validity, c.rule)
	post("/items/{id}/reinstate", validity, c.reinstate)
	get("/transfers", read, c.transfers)
	get("/transfers/new", publish, c.transferPage)
	post("/transfers/new", publish, c.handOver)
	get("/transfers/{id}", read, c.transfer)
	get("/transfers/{id}/list.csv", read, c.transferCSV)

	// Registers behind the annual report.
	shut := anyOf(identity.RegisterWrite, identity.RegisterLock)
	get("/registers", regRead, c.registers)
	post("/registers/close", shut, c.closeBooks)
	get("/registers/{book}", regRead, c.registerBook)
	get("/registers/{book}/lines.xlsx", regRead, c.linesXLSX)
	get("/registers/{book}/lines.csv", regRead, c.linesCSV)
	get("/registers/{book}/template.xlsx", regRead, c.templateXLSX)
	get("/registers/{book}/new", regWrite, c.newLine)
	post("/registers/{book}/new", regWrite, c.addLine)
	get("/registers/{book}/import", regWrite, c.importPage)
	post("/registers/{book}/import", regWrite, c.importPreview).Body(maxSheetFile + 1<<20).Timeout(time.Minute)
	post("/registers/{book}/import/confirm", regWrite, c.importConfirm).Body(4 * draftBytes).Timeout(time.Minute)
	post("/registers/{book}/declare", regWrite, c.onBook(c.declareNone))
	post("/registers/{book}/undeclare", regWrite, c.onBook(c.undeclareNone))
	post("/registers/{book}/close", shut, c.onBook(c.closeBook))
	post("/registers/{book}/reopen", shut, c.onBook(c.reopenBook))
	get("/lines/{id}", regRead, c.line)
	get("/lines/{id}/edit", regWrite, c.editLine)
	post("/lines/{id}/edit", regWrite, c.changeLine)
	post("/lines/{id}/strike", regWrite, c.strikeLine)

	// The annual report.
	c.reportRoutes(get, post)

	// What was found by inspecting, and the rules.
	c.inspectionRoutes(get, post)

	// Supervision.
	get("/overview", string(identity.SuperviseRead), c.overview)

	// Administration.
	get("/units", units, c.units)
	get("/units/new", unitEdit, c.newUnit)
	post("/units/new", unitEdit, c.addUnit)
	get("/units/{unit}", units, c.unit)
	get("/units/{unit}/edit", describe, c.unitPage)
	post("/units/{unit}/edit", describe, c.changeUnit)
	get("/people", people, c.people)
	get("/people/new", enter, c.newPerson)
	post("/people/new", enter, c.createPerson)
	get("/people/{person}", people, c.person)
	get("/people/{person}/edit", enter, c.personPage)
	post("/people/{person}/edit", enter, c.editPerson)
	post("/people/{person}/reset", enter, c.resetPerson)
	post("/people/{person}/leave", enter, c.leave)
	post("/people/{person}/activate", unlock, c.activate)
	post("/people/{person}/lock", unlock, c.lock)
	post("/people/{person}/unlock", unlock, c.unlock)
	post("/people/{person}/code", unlock, c.clearCode)
	get("/people/{person}/grant", grant, c.grantPage)
	post("/people/{person}/grant", grant, c.grant)
	post("/people/{person}/revoke", grant, c.revoke)
	get("/people/{person}/succeed", grant, c.succeedPage)
	post("/people/{person}/succeed", grant, c.succeed)
	get("/chains", chain, c.chains)
	get("/chains/edit", chain, c.chainPage)
	post("/chains/edit", chain, c.setChain)
	post("/chains/drop", chain, c.dropChain)
	get("/jobs", jobsRead, c.jobs)
	get("/jobs/{id}", jobsRead, c.job)
	post("/jobs/{id}/again", jobsRun, c.jobAgain)
	post("/jobs/run", jobsRun, c.runJob).Timeout(10 * time.Minute)
	get("/ledger", ledgers, c.ledgerPage)
	get("/ledger/{seq}", ledgers, c.entry)
	post("/ledger/verify", ledgers, c.verify).Timeout(10 * time.Minute)
	get("/logins", string(identity.LoginsRead), c.loginAudit)
	get("/settings", string(identity.ConfigRead), c.settings)
}
