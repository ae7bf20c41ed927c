#include "LispFixture.h"
#include <chrono>
#include <fstream>
using namespace whistler;
TEST_F(LispTest, Forms) {
  LispOptions o; o.timeoutSeconds = 1; o.useFastPath = false;
  restart(o); diags.setErrorLimit(0);
  int rounds = getenv("ROUNDS") ? atoi(getenv("ROUNDS")) : 1;
  for (int round = 0; round < rounds; ++round) {
  std::ifstream in(getenv("FORMS")); std::string text;
  while (std::getline(in, text)) {
    auto t0 = std::chrono::steady_clock::now();
    unsigned buffer = diags.addBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, "test.lisp"));
    Reader reader(buffer, forms, diags);
    ReadResult result = reader.read();
    std::string v = "<unread>";
    if (result.status == ReadStatus::Form) { auto r = lisp->evaluate(result.form); v = r ? "VALUE " + (*r)->str().substr(0,60) : ""; }
    auto t1 = std::chrono::steady_clock::now();
    double ms = std::chrono::duration<double, std::milli>(t1 - t0).count();
    std::string rep = takeReports();
    fprintf(stderr, "%8.1f %-60.60s | %s %s\n", ms, text.c_str(), v.c_str(), llvm::StringRef(rep).take_until([](char c){return c=='\n';}).substr(std::min<size_t>(10,rep.size())).substr(0,150).str().c_str());
  } }
}
