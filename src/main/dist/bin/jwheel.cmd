@echo off
rem Starts jwheel in the Java that JWHEEL_JAVA, JAVA_HOME or PATH names. JWHEEL_OPTS holds further options of the JVM.
setlocal
set "java="
for %%i in (java.exe) do set "java=%%~$PATH:i"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
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
rem The JVM's own warnings go to standard output, where they would break --json: -Xlog:disable.
"%java%" -XX:+UseSerialGC -Xms32m -XX:NewSize=24m -XX:-UsePerfData -Xlog:disable %JWHEEL_OPTS% -cp "%~dp0..\lib\jwheel.jar" dev.jwheel.cli.Main %*
exit /b %errorlevel%
