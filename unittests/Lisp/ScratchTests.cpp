#include "LispFixture.h"
#include <chrono>
using namespace whistler;
using Clock = std::chrono::steady_clock;
static double us(Clock::time_point a) { return std::chrono::duration<double, std::micro>(Clock::now() - a).count(); }
TEST_F(LispTest, Speed) {
  options.useFastPath = false; restart();
  std::string big = "'(";
  for (int i = 0; i < 1000; ++i) big += "(setf (getmap m k) (+ 1 x (foo y \"str\" 77)))";
  big += ")";
  const Form *bigForm = read(big);
  auto t0 = Clock::now();
  evaluate("1");
  printf("boot %f us\n", us(t0));
  for (int k = 0; k < 3; ++k) {
  t0 = Clock::now();
  auto r = lisp->evaluate(bigForm);
  printf("15k conses round trip %f us, same %d\n", us(t0), *r == listElement(bigForm, 1)); }
}
