package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"gongkai/internal/fault"
)

func TestAKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("load item: %w", fault.Say(fault.Conflict, "该信息已于%s发布", "2030年1月4日"))
	if !errors.Is(err, fault.Conflict) || errors.Is(err, fault.NotFound) {
		t.Errorf("Is: conflict %v, not found %v", errors.Is(err, fault.Conflict), errors.Is(err, fault.NotFound))
	}
	if got, want := fault.KindOf(err), fault.Conflict; got != want {
		t.Errorf("KindOf = %q, want %q", got, want)
	}
	if got, want := fault.Sentence(err), "该信息已于2030年1月4日发布"; got != want {
		t.Errorf("Sentence = %q, want %q", got, want)
	}
}

func TestABareKindIsAKind(t *testing.T) {
	if got := fault.KindOf(fmt.Errorf("row: %w", fault.NotFound)); got != fault.NotFound {
		t.Errorf("KindOf = %q, want %q", got, fault.NotFound)
	}
}

func TestOurOwnFailureSaysNothingToThePerson(t *testing.T) {
	err := fmt.Errorf("read: %w", io.ErrUnexpectedEOF)
	if k, s := fault.KindOf(err), fault.Sentence(err); k != "" || s != "" {
		t.Errorf("KindOf, Sentence = %q, %q, want nothing", k, s)
	}
}

func TestAnErrorInTheArgumentsIsNotWrapped(t *testing.T) {
	err := fault.Say(fault.Invalid, "读不出：%v", io.EOF)
	if errors.Is(err, io.EOF) {
		t.Error("Say wrapped an inner error")
	}
}

func TestProblemsAreOneErrorOrNone(t *testing.T) {
	if err := fault.Problems(); err != nil {
		t.Errorf("Problems() = %v, want nil", err)
	}
	err := fault.Problems(fault.Problem{Field: "title", Say: "请填写标题"}, fault.Problem{Field: "made", Say: "请填写成文日期"})
	if !errors.Is(err, fault.Invalid) || len(fault.Fields(err)) != 2 {
		t.Errorf("Problems = %v with %d fields", err, len(fault.Fields(err)))
	}
}
