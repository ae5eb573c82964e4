package jobs

// Sentences for people.
const (
	sayNoJob      = "没有这个任务。"
	sayNoHandler  = "本程序不会执行“%s”这种任务。"
	sayNotFailed  = "只有失败的任务才能重新执行。"
	sayNewerWaits = "同一事项已有新的任务在等待，不必重新执行这一个。"
	sayRunning    = "这个任务正在执行，请稍后再试。"
)
