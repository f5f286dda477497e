@rem SPDX-License-Identifier: Apache-2.0
@echo off
rem Starts jwheel in the Java that JWHEEL_JAVA names, else in the runtime beside it, if there is one, else in the Java of
rem JAVA_HOME or PATH. JWHEEL_OPTS holds further options of the JVM; with JWHEEL_NO_CACHE=1 no AOT cache is used.
setlocal
set "home=%~dp0..\share\jwheel"
set "bundled=%home%\runtime\bin\java.exe"
set "java="
if exist "%bundled%" (
  set "java=%bundled%"
) else (
  for %%i in (java.exe) do set "java=%%~$PATH:i"
  if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
)
if defined JWHEEL_JAVA set "java=%JWHEEL_JAVA%"
if not defined java (
  >&2 echo jwheel: no Java found; install Java 17 or newer, or set JAVA_HOME
  exit /b 127
)
if not exist "%java%" (
  >&2 echo jwheel: there is no "%java%"; set JAVA_HOME or JWHEEL_JAVA
  exit /b 127
)
rem The file "release" of a JDK has a line JAVA_VERSION="17.0.15"; what has none is taken as it is.
set "version=17"
for %%i in ("%java%") do set "release=%%~dpi..\release"
if exist "%release%" for /f "usebackq tokens=1,2 delims==" %%k in ("%release%") do if "%%k"=="JAVA_VERSION" set "version=%%~l"
for /f "delims=." %%m in ("%version%") do set "version=%%m"
if %version% lss 17 (
  >&2 echo jwheel: "%java%" is too old; jwheel needs Java 17 or newer: set JAVA_HOME or JWHEEL_JAVA
  exit /b 127
)
rem The first word is the command, or the one after auditwheel.
set "kind=short"
:word
set "word=%~1"
if /i "%word%"=="auditwheel" goto next
if "%word:~0,1%"=="-" goto next
if /i "%word%"=="repair" set "kind=repair"
if /i "%word%"=="patchelf" set "kind=repair"
goto chosen
:next
shift /1
goto word
:chosen
set "cache="
if "%java%"=="%bundled%" if not defined JWHEEL_NO_CACHE if exist "%home%\%kind%.aot" set "cache="-XX:AOTCache=%home%\%kind%.aot""
rem The JVM's own warnings go to standard output, where they would break --json: -Xlog:disable.
"%java%" "@%home%\java.options" %cache% %JWHEEL_OPTS% -cp "%home%\jwheel.jar" dev.jwheel.cli.Main %*
exit /b %errorlevel%
