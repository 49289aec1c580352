# usage: cmake -D IN=schema.sql -D OUT=schema_sql.h -P schema.cmake — the schema as a C string.
file(READ "${IN}" text)
string(REGEX REPLACE "--[^\n]*" "" text "${text}")
string(REGEX REPLACE "[ \n]+" " " text "${text}")
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "; " ";\"\n    \"" text "${text}")
file(WRITE "${OUT}" "/* Made from corpus/store/schema.sql. */\nstatic const char nd_schema_sql[] =\n    \"${text}\";\n")
